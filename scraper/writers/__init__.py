"""What is kept of a run: records and failures, each line whole."""

__all__: list[str] = []
