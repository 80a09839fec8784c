"""Why a page gave what it gave, for a reader: a trace as tables for a terminal, as one HTML page, as JSON."""

from scraper.explain.page import as_page
from scraper.explain.plain import as_json
from scraper.explain.terminal import as_tables

__all__ = ["as_json", "as_page", "as_tables"]
