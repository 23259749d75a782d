"""Timed work on generated data, beside the raw driver and Django REST framework."""
