"""What a reader would read of a message in HTML, as plain text: no markup survives, so that nothing of it can act.

Quotations become lines that begin with ">"; where a mail program says that what follows is quoted, or that a part is a
signature, a sign of its own stands on a line, which `quotes` understands.
"""

import re

from lxml import etree

from app.conversations.mail.charsets import tidy

QUOTED_FROM_HERE, SIGNATURE, END_OF_SIGNATURE = "\ue000", "\ue001", "\ue002"
MOST_MARKUP = 4_000_000
"""Characters of markup that are read."""
DEEPEST_QUOTE = 6
LONGEST_ADDRESS = 300
_SILENT = {"script", "style", "head", "title", "template", "noscript", "object", "iframe", "svg", "math", "select",
           "textarea", "audio", "video", "canvas"}
_BLOCKS = {"address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer",
           "form", "header", "hr", "li", "main", "nav", "ol", "section", "table", "tbody", "tfoot", "thead", "tr",
           "ul", "body"}
_APART = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "pre"}
_QUOTING = re.compile(r"(?:^|\s)(?:x_)?(?:gmail_quote|gmail_quote_container|yahoo_quoted|protonmail_quote|"
                      r"moz-cite-prefix|"
                      r"zmail_extra|tutanota_quote|OutlookMessageHeader|WordSection1_quote|divRplyFwdMsg|appendonsend|"
                      r"mail-editor-reference-message-container|ymail_android_signature_quote)(?:\s|$)", re.IGNORECASE)
_SIGNING = re.compile(r"(?:^|\s)(?:x_)?(?:gmail_signature|moz-signature|signature|ms-outlook-mobile-signature|"
                      r"protonmail_signature_block|zm_signature)(?:\s|$)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|"
                     r"max-height\s*:\s*0(?:px)?\s*(?:;|$)|"
                     r"font-size\s*:\s*0(?:px|pt)?\s*(?:;|$)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r\f\xa0]+")


class _Writer:
    """Collects words into lines, with the mark of the quotation they stand in."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.words: list[str] = []
        self.depth = self.kept = 0

    def say(self, text: str) -> None:
        if self.kept:
            first, *further = text.split("\n")
            self.words.append(first)
            for line in further:
                self.end()
                self.words.append(line)
        elif text := _BLANKS.sub(" ", text):
            self.words.append(text)

    def end(self, *, even_empty: bool = False) -> None:
        """The line is over."""
        line = "".join(self.words)
        line = line.rstrip() if self.kept else _BLANKS.sub(" ", line).strip()
        if line or even_empty:
            self.lines.append(">" * min(self.depth, DEEPEST_QUOTE) + (" " if self.depth and line else "") + line)
        self.words = []

    def apart(self) -> None:
        """An empty line between paragraphs, but never two."""
        self.end()
        if self.lines and self.lines[-1].strip("> "):
            self.end(even_empty=True)

    def sign(self, sign: str) -> None:
        self.end()
        self.lines.append(sign)


class Found:
    """The text of a message in HTML, which of its parts it shows (`cids`), and how many pictures it would have loaded
    from elsewhere."""

    def __init__(self) -> None:
        self.text = ""
        self.cids: set[str] = set()
        self.remote_images = 0


def read(markup: str) -> Found:
    """What `markup` says. Whatever it is, something comes of it."""
    found, writer = Found(), _Writer()
    parser = etree.HTMLParser(recover=True, no_network=True, remove_comments=True, remove_pis=True, huge_tree=True,
                              encoding="utf-8")
    cleaned = tidy(markup[:MOST_MARKUP])
    if not cleaned.strip():
        return found
    try:
        root = etree.fromstring(cleaned.encode(), parser)
    except etree.LxmlError:
        root = None
    # Nested deeper than the parser goes, what follows would be lost.
    if root is None or any(each.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for each in parser.error_log):
        found.text = re.sub(r"<[^<>]{0,2000}>", "", cleaned).strip()
        return found
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if _is_silent(element):
                _note(element, found)
                walk.skip_subtree()
                continue
            _begin(element, writer, found)
        elif not _is_silent(element):
            _end(element, writer)
        if event == "end" and element.tail and element is not root:
            writer.say(element.tail)
    writer.end()
    found.text = "\n".join(writer.lines).strip("\n")
    return found


def _is_silent(element) -> bool:
    return element.tag in _SILENT or bool(_HIDDEN.search(element.get("style") or ""))


def _note(element, found: Found) -> None:
    """Pictures in what nobody sees are left out as well."""
    for image in element.iter("img"):
        _picture(image, found)


def _picture(image, found: Found) -> None:
    source = (image.get("src") or "").strip()
    if source.lower().startswith("cid:"):
        found.cids.add(source[4:].strip("<>").lower())
    elif source and not source.lower().startswith("data:"):
        found.remote_images += 1


def _names(element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('name') or ''}"[:500]


def _begin(element, writer: _Writer, found: Found) -> None:
    tag, names = element.tag, _names(element)
    if tag == "br":
        writer.end(even_empty=True)
    elif tag in _APART:
        writer.apart()
    elif tag in _BLOCKS:
        writer.end()
    if tag == "img":
        _picture(element, found)
    if tag == "blockquote":
        writer.depth += 1
    elif names.strip() and _QUOTING.search(names):
        writer.sign(QUOTED_FROM_HERE)
    elif names.strip() and _SIGNING.search(names) and tag not in ("a", "img"):
        writer.sign(SIGNATURE)
    writer.kept += tag == "pre"
    if tag == "li":
        writer.say("- ")
    elif tag in ("td", "th"):
        writer.say(" ")
    if element.text:
        writer.say(element.text)


def _end(element, writer: _Writer) -> None:
    tag = element.tag
    if tag == "a":
        _address(element, writer)
    elif tag in _APART:
        writer.apart()
    elif tag in _BLOCKS:
        writer.end()
    writer.kept -= tag == "pre"
    if tag == "blockquote":
        writer.depth -= 1
    elif tag not in ("a", "img") and _SIGNING.search(_names(element)) and not _QUOTING.search(_names(element)):
        writer.sign(END_OF_SIGNATURE)


def _address(link, writer: _Writer) -> None:
    """Where a link leads, after its words, unless they say it themselves."""
    href = (link.get("href") or "").strip()
    words = _BLANKS.sub(" ", "".join(writer.words[-3:]))
    if not href.lower().startswith(("http://", "https://")) or len(href) > LONGEST_ADDRESS:
        return
    bare = re.sub(r"^https?://(www\.)?", "", href, flags=re.IGNORECASE).rstrip("/").lower()
    if bare and bare not in words.lower() and words.strip():
        writer.say(f" <{href}>")
