"""Running the place: people and their roles."""
