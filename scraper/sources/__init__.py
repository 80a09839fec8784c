"""Where targets and pages come from; each source is lazy and keeps a stable order."""

__all__: list[str] = []
