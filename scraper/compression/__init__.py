"""Packed bytes: undone as they come over the wire, and written to and read from files."""

__all__: list[str] = []
