"""What a customer was sent, in which version, and what of the library suits them."""
