"""What can be found: a document per entry and per page of its file. The engines' own tables hang on these ids."""

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import db

PAGES = 4096
"""Room for the pages of one entry; further ones are not searched."""


class SearchDocument(db.Model):
    """The words of an entry (page 0) or of page n of its current version, as plain text for snippets.

    Its id is `entry_id * PAGES + page`, so that a hit names its entry without a look-up. `length` counts tokens.
    """

    __tablename__ = "search_documents"
    __table_args__ = (UniqueConstraint("entry_id", "page"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    page: Mapped[int] = mapped_column(default=0)
    length: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")


class SearchWord(db.Model):
    """A word some document holds or held, for corrections of spelling; looked up by its first letters and length."""

    __tablename__ = "search_words"
    __table_args__ = (Index("ix_search_words_near", "beginning", "length"),)

    word: Mapped[str] = mapped_column(String(32), primary_key=True)
    beginning: Mapped[str] = mapped_column(String(2))
    length: Mapped[int]
