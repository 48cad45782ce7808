"""Decisions: what was asked, what was considered, what was chosen and why, who decided, what it supersedes."""
