"""Conversations with customers: logged or by mail, who was there, what was said and what was promised."""
