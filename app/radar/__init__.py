"""The duplicate radar: work that exists already is found by its fingerprints before it is made again."""
