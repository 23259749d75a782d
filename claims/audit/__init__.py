"""Verification of what is stored: histories, log of decisions, version chain, index rows."""
