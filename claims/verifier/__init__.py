"""The program verify.py, which readers run: built into one file out of this and the domain."""
