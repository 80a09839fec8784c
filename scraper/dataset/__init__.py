"""What is done with a finished dataset."""

__all__: list[str] = []
