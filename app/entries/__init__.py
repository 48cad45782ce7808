"""The spine of everything people write."""
