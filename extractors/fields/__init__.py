"""The fields of the record: each, a module or a folder, yields candidates a signal at a time and chooses among them, the reason kept."""

__all__: list[str] = []
