"""Tests of scraper/state."""
