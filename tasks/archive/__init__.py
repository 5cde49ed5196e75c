"""The archive: WARC 1.1 files, gzip record by record, that any WARC tool reads."""
