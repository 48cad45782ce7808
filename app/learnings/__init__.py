"""Learnings and the ledger of their trials."""
