"""Tables of figures: how they are written, how their columns are mapped, how they come in."""
