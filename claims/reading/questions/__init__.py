"""What a figure counts, and which question of the article it answers."""
