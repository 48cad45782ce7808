"""Spaces and who belongs to them."""
