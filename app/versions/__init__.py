"""Versions of an asset side by side, and bringing an old one back."""
