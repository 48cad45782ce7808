"""Projects and decisions."""
