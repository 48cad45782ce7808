"""Polls: a post that asks, with answers to choose from."""
