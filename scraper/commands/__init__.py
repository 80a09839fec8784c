"""One command a module; each turns its arguments into a job and hands it on."""

__all__: list[str] = []
