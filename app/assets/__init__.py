"""Files people share: where their bytes live, what they are, and how their pages look."""
