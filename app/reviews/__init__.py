"""Campaign reviews and their figures."""
