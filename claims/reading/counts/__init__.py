"""Numbers, and the figures that the words beside them make of them."""
