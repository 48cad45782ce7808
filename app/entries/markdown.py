"""Markdown as people write it to HTML that is safe to show: CommonMark, tables, strikethrough, task lists, bare links,
and our own @person, #tag and $account. Sanitised by nh3 whatever the parser lets through."""

import re
from collections.abc import Iterator
from html import escape
from itertools import islice

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.tasklists import tasklists_plugin

from app.entries.linking import Link, References, links

MOST_MARKS = 3000
"""Signs and ends of lines of one text that are read as Markdown: some fifty pages as people write them."""
MOST_CELLS = 4000
"""Cells of all the tables of one text."""
MOST_QUOTED = 20_000
"""Lines that are looked at for the ends of quotations."""
_MARK = re.compile(r"[*_~`\[\]()<>!|&\\#@$:\r\n]|www\.", re.IGNORECASE)
_DELIMITERS = re.compile(r"[\s>|:-]*-[\s|:-]*")
_BLANK = re.compile(r"(?:\r?\n[ \t]*){2,}")
_LINES = re.compile(r"\r?\n|\r")
TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img", "input", "label",
    "li", "ol", "p", "pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}
ATTRIBUTES = {
    "a": {"href", "title", "class"},
    "img": {"src", "alt", "title", "loading"},
    "input": {"type", "checked", "disabled", "class"},
    "li": {"class"},
    "ul": {"class"},
    "ol": {"start"},
    "code": {"class"},
    "th": {"align"},
    "td": {"align"},
}
# A wide table scrolls in its own frame, which the keyboard must reach.
FIXED = {"table": {"tabindex": "0"}}
PAGE_HEADINGS = 2
OWN_IMAGE = re.compile(r"^/(?:assets|uploads)/[\w/.-]+$")


def _lower_headings(state: StateCore) -> None:
    """Headings of a text stand below those of the page it is shown in, which has its one H1 already."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + PAGE_HEADINGS)}"


def _align_cells(state: StateCore) -> None:
    """A column's alignment as an attribute: the policy of our pages forbids the style that the parser writes."""
    for token in state.tokens:
        if token.type in ("th_open", "td_open") and (style := token.attrs.pop("style", "")):
            token.attrs["align"] = str(style).removeprefix("text-align:")


def _link(state: StateCore) -> None:
    """Turn addresses and known names in plain text into links, outside of links and code."""
    for block in state.tokens:
        if block.type != "inline" or not block.children:
            continue
        children, depth = [], 0
        for token in block.children:
            depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
            if token.type == "text" and depth == 0:
                children.extend(_split(token, state))
            else:
                children.append(token)
        block.children = children


def _split(token: Token, state: StateCore) -> list[Token]:
    pieces, at, text = [], 0, token.content
    for link in _wanted(text, state.env):
        href = state.md.normalizeLink(link.href)
        attributes = {"href": href} | ({"class": "reference"} if link.reference else {})
        pieces.append(Token("text", "", 0, content=text[at : link.start]))
        pieces.append(Token("link_open", "a", 1, attrs=attributes))
        pieces.append(Token("text", "", 0, content=text[link.start : link.end]))
        pieces.append(Token("link_close", "a", -1))
        at = link.end
    pieces.append(Token("text", "", 0, content=text[at:]))
    return pieces


def _wanted(text: str, env: dict) -> Iterator[Link]:
    """The links of a text that lead somewhere; all names are noted as found."""
    known: References = env.get("known") or References()
    found = env.setdefault("found", set())
    for link in links(text):
        if link.reference:
            found.add(link.reference)
            if not known.holds(*link.reference):
                continue
        yield link


def _bounded_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The parser's table, unless short rows under a wide head would fill up to more cells than anybody reads."""
    following = state.src[state.bMarks[start + 1] : state.eMarks[start + 1]] if start + 1 < end else ""
    cells: dict[int, int] = state.env.setdefault("cells", {})
    if not _DELIMITERS.fullmatch(following) or sum(cells.values()) > MOST_CELLS:
        return False
    # The parser asks twice for a table under a paragraph.
    if start not in cells:
        cells[start] = _lines_together(state, start, end) * (following.count("|") + 1)
    return sum(cells.values()) <= MOST_CELLS and table(state, start, end, silent)


def _bounded_quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The parser's quotation, unless a text has so many that go on lazily, without their sign: the parser looks for
    the end of each in all the lines that follow it."""
    if not silent and state.src.startswith(">", state.bMarks[start] + state.tShift[start]):
        state.env["quoted"] = state.env.get("quoted", 0) + _lines_together(state, start, end)
    return state.env.get("quoted", 0) <= MOST_QUOTED and blockquote(state, start, end, silent)


def _lines_together(state: StateBlock, start: int, end: int) -> int:
    """How many lines there are before the next empty one."""
    return next((line for line in range(start, end) if state.isEmpty(line)), end) - start


def _parser() -> MarkdownIt:
    parser = MarkdownIt("gfm-like", {"html": False, "breaks": True, "linkify": False})
    parser.use(tasklists_plugin, label=True)
    parser.block.ruler.at("table", _bounded_table, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.at("blockquote", _bounded_quote, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.core.ruler.push("links", _link)
    parser.core.ruler.push("headings", _lower_headings)
    parser.core.ruler.push("cells", _align_cells)
    return parser


_parse = _parser()


def _divide(text: str) -> tuple[str, str]:
    """What is read as Markdown, and the rest of a text with more marks than anybody sets by hand, which is shown as
    it was typed: the parser's time grows with the marks, with some of them by their square."""
    last = next(islice(_MARK.finditer(text), MOST_MARKS, None), None)
    if last is None:
        return text, ""
    cut = text.rfind("\n", 0, last.start()) + 1 or last.start()
    return text[:cut], text[cut:]


def _as_typed(text: str, env: dict) -> str:
    """HTML of a text without Markdown: paragraphs, lines, links."""
    pieces, at = [], 0
    for link in _wanted(text, env):
        kind = ' class="reference"' if link.reference else ""
        href, shown = escape(_parse.normalizeLink(link.href)), escape(text[link.start : link.end])
        pieces += [escape(text[at : link.start]), f'<a href="{href}"{kind}>{shown}</a>']
        at = link.end
    html = "".join([*pieces, escape(text[at:])])
    return "".join(f"<p>{block}</p>" for block in _LINES.sub("<br>", _BLANK.sub("\0", html)).split("\0") if block)


def references(text: str) -> References:
    """The people, tags and accounts that `text` names, whether they exist or not."""
    env: dict = {}
    marked, rest = _divide(text)
    _parse.parse(marked, env)
    found = env.get("found", set()) | {link.reference for link in links(rest) if link.reference}
    return References(*(frozenset(name for sign, name in found if sign == wanted) for wanted in "@#$"))


def _attribute(tag: str, name: str, value: str) -> str | None:
    # A picture from elsewhere would tell its host who reads what: only our own files are shown.
    if tag == "img" and name == "src" and not OWN_IMAGE.match(value):
        return None
    if name == "align" and value not in ("left", "center", "right"):
        return None
    return value


def render(text: str, known: References | None = None) -> str:
    """Safe HTML for `text`; names in `known` become links."""
    env = {"known": known or References()}
    marked, rest = _divide(text)
    return _clean(_parse.render(marked, env) + _as_typed(rest, env))


def as_typed(text: str) -> str:
    """Safe HTML for a text that is no Markdown: its paragraphs and lines, and links to what it names in full."""
    return _clean(_as_typed(text, {}))


def _clean(html: str) -> str:
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, attribute_filter=_attribute, url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow", set_tag_attribute_values=FIXED,
    )


def plain(text: str) -> str:
    """The words of Markdown without its marks and link targets, a line per block."""
    lines = []
    marked, rest = _divide(text)
    for token in _parse.parse(marked, {}):
        if token.type == "inline":
            lines.append("".join(_words(token.children or [])))
        elif token.type in ("fence", "code_block"):
            lines.append(token.content)
    return "\n".join(line for line in [*lines, rest] if line.strip())


def _words(children: list[Token]) -> Iterator[str]:
    for token in children:
        yield "\n" if token.type in ("softbreak", "hardbreak") else token.content


def beginning(text: str, length: int = 100) -> str:
    """How a text begins, as one line that ends with a whole word."""
    words = " ".join(plain(text[: length * 20]).split())
    if len(words) <= length:
        return words
    cut = words[:length]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:–-") + "…"
