"""People, teams, and how they get in."""
