"""Search: Whoosh reads, the database finds."""
