"""What a run tells: its lines, bar and logs while it lasts, and at its end totals, metrics and alarms."""

__all__: list[str] = []
