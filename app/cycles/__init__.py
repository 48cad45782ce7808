"""Review cycles: who owes a review of which programme for a quarter, by when, and how far they are."""
