"""Tests of scraper/engines."""
