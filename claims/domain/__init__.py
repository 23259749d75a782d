"""Figures, dates and agreement: plain Python, no Django, no clock, no input or output."""
