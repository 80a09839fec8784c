"""Everything that touches the world: sources, fetchers, writers, engines, and the pipeline that joins them."""

__all__: list[str] = []
