"""The archive's own WARC files, read: whole records, what was concluded of each target, and its page or failure again."""
