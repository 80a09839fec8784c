"""The course of a run: targets in, fetched, judged and written down, under the rules that the job sets."""

__all__: list[str] = []
