"""The library: every file one may see, found by what it is and where it is used; and collections of files."""
