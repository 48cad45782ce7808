"""Markdown as people write it to HTML that is safe to show: CommonMark, tables, strikethrough, task lists, bare links,
and our own @person, #tag and $account. Sanitised by nh3 whatever the parser lets through."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.tasklists import tasklists_plugin

# A sign that starts a word, then a name that starts with a letter: not "C#", not "#1", not "$50k", not "a@b.com".
REFERENCE = re.compile(r"(?<![\w/&@#$.])([@#$])([^\W\d_][\w-]*(?:\.[\w-]+)*)")
FOLDERS = {"@": "/people/", "#": "/tags/", "$": "/accounts/"}

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
}
# A wide table scrolls in its own frame, which the keyboard must reach.
FIXED = {"table": {"tabindex": "0"}}
PAGE_HEADINGS = 2
OWN_IMAGE = re.compile(r"^/(?:assets|uploads)/[\w/.-]+$")


@dataclass(frozen=True)
class References:
    """Names used in a text, by sign: handles after @, tags after #, account slugs after $. All lower case."""

    people: frozenset[str] = field(default_factory=frozenset)
    tags: frozenset[str] = field(default_factory=frozenset)
    accounts: frozenset[str] = field(default_factory=frozenset)


def _lower_headings(state: StateCore) -> None:
    """Headings of a text stand below those of the page it is shown in, which has its one H1 already."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + PAGE_HEADINGS)}"


def _link_references(state: StateCore) -> None:
    """Turn known @, # and $ names in plain text into links, outside of links and code."""
    known: References | None = state.env.get("known")
    for block in state.tokens:
        if block.type != "inline" or not block.children:
            continue
        children, depth = [], 0
        for token in block.children:
            depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
            if token.type == "text" and depth == 0:
                children.extend(_split(token, known, state.env.setdefault("found", set())))
            else:
                children.append(token)
        block.children = children


def _split(token: Token, known: References | None, found: set) -> list[Token]:
    pieces, at = [], 0
    for match in REFERENCE.finditer(token.content):
        sign, name = match.group(1), match.group(2).lower()
        found.add((sign, name))
        names = {"@": known.people, "#": known.tags, "$": known.accounts}[sign] if known else ()
        if name not in names:
            continue
        pieces.append(Token("text", "", 0, content=token.content[at : match.start()]))
        pieces.append(Token("link_open", "a", 1, attrs={"href": FOLDERS[sign] + name, "class": "reference"}))
        pieces.append(Token("text", "", 0, content=match.group(0)))
        pieces.append(Token("link_close", "a", -1))
        at = match.end()
    pieces.append(Token("text", "", 0, content=token.content[at:]))
    return pieces


def _parser() -> MarkdownIt:
    parser = MarkdownIt("gfm-like", {"html": False, "breaks": True}).use(tasklists_plugin, label=True)
    parser.core.ruler.push("references", _link_references)
    parser.core.ruler.push("headings", _lower_headings)
    return parser


_parse = _parser()


def references(text: str) -> References:
    """The people, tags and accounts that `text` names, whether they exist or not."""
    env: dict = {}
    _parse.parse(text, env)
    found = env.get("found", set())
    return References(*(frozenset(name for sign, name in found if sign == wanted) for wanted in "@#$"))


def _attribute(tag: str, name: str, value: str) -> str | None:
    # A picture from elsewhere would tell its host who reads what: only our own files are shown.
    if tag == "img" and name == "src" and not OWN_IMAGE.match(value):
        return None
    return value


def render(text: str, known: References | None = None) -> str:
    """Safe HTML for `text`; names in `known` become links."""
    html = _parse.render(text, {"known": known or References()})
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, attribute_filter=_attribute, url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow", set_tag_attribute_values=FIXED,
    )


def plain(text: str) -> str:
    """The words of Markdown without its marks and link targets, a line per block."""
    lines = []
    for token in _parse.parse(text, {}):
        if token.type == "inline":
            lines.append("".join(_words(token.children or [])))
        elif token.type in ("fence", "code_block"):
            lines.append(token.content)
    return "\n".join(line for line in lines if line.strip())


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
