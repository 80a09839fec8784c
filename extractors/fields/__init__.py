"""The fields of the record: each module yields candidates, a signal at a time, and chooses among them with the reason kept."""

__all__: list[str] = []
