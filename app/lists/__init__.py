"""Views of one's own: lists of people, tags, spaces and accounts, and filters that were saved."""
