"""`bin/bench`: a synthetic company of the asked size, and what the usual operations cost on it."""
