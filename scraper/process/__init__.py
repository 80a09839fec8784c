"""The process around a run: signals, locks and standard streams."""

__all__: list[str] = []
