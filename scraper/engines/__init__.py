"""How work is spread over threads and processes; an engine is handed the function that it runs."""

__all__: list[str] = []
