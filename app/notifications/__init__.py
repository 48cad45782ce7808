"""The bell and its page."""
