"""What a job says: its keys, the file they are read from, its secrets, and the files that it names."""

__all__: list[str] = []
