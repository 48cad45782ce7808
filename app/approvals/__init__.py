"""Approvals: people or a team are asked to approve a version by a day, and what they said is a record."""
