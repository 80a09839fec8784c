"""The fields of the record: a module or folder a field yields candidates, a signal at a time, and chooses among them with the reason kept."""

__all__: list[str] = []
