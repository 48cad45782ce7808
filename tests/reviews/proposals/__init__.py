"""Proposals read from decks."""
