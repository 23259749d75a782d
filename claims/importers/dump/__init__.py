"""A MediaWiki dump: read from its file page by page and imported."""
