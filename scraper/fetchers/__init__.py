"""Targets in, pages or typed failures out: HTTP with guard, robots, pace and retries."""

__all__: list[str] = []
