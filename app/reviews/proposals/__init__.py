"""Proposals for the fields of a campaign review, read from its deck: each with the words it rests on.

Pure functions on files and text; no database, no request. `from_deck(path)`, `from_presentation(deck)` and
`from_pages(texts)` give lists of `Proposal`; docs/decisions/proposals.md says what is read and what is left alone.
"""

from app.reviews.proposals.facts import Known
from app.reviews.proposals.proposal import Proposal
from app.reviews.proposals.reading import from_deck, from_pages, from_presentation

__all__ = ["Known", "Proposal", "from_deck", "from_pages", "from_presentation"]
