"""What reading knows of a language: words and patterns in files of data, one folder a language."""
