"""The people on the customers' side."""
