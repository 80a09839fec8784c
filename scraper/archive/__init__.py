"""Every response as it was sent, appended to WARC files before anything is made of it."""

from scraper.archive.archive import Archive, Known, Payload, Settings, Synced

__all__ = ["Archive", "Known", "Payload", "Settings", "Synced"]
