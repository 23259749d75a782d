"""The desk: the stock Django admin over the workflow."""
