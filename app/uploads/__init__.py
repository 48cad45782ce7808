"""Uploading: files that come in pieces over a broken line, many at once, or all of an old share in a zip."""
