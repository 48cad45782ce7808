"""The customer's own voice: feeds of their blog, news or podcast, whose items stand in their account."""
