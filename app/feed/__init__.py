"""The home feed and the stream of each space."""
