"""Mail: what a message says, read from its bytes by pure functions, and filed where its customer is talked of."""
