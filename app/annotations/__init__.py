"""Comments pinned to a place on a page, or to a moment."""
