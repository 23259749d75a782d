"""Which works an article cites, and which of them stand behind a figure."""
