"""Tests of scraper/writers."""
