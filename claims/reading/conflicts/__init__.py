"""What an article says that cannot all hold."""
