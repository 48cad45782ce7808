"""The inbox of what concerns me, what I want to hear of, and the mails that tell of it."""
