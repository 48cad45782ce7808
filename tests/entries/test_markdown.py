"""What people write becomes safe HTML, whatever they write."""

import time
from html.parser import HTMLParser

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from app.entries.linking import References
from app.entries.markdown import MOST_MARKS, beginning, plain, references, render


class Danger(HTMLParser):
    """Collects what would run or call home if a browser read the HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs) -> None:
        if tag in ("script", "svg", "iframe", "object", "embed", "style", "form", "base", "meta", "link"):
            self.found.append(tag)
        for name, value in attrs:
            outside = name == "src" and not (value or "").startswith("/")
            runs = name == "href" and (value or "").strip().lower().startswith(("javascript", "data", "vbscript"))
            if name.startswith("on") or name == "style" or outside or runs:
                self.found.append(f"{tag} {name}={value}")


def dangers(html: str) -> list[str]:
    reader = Danger()
    reader.feed(html)
    return reader.found


@pytest.mark.parametrize(("text", "html"), [
    ("**bold** and ~~gone~~", "<p><strong>bold</strong> and <s>gone</s></p>"),
    ("| a | b |\n|---|---|\n| 1 | 2 |", "<table "),
    ("- [x] done\n- [ ] open", 'type="checkbox"'),
    ("see www.example.com", 'href="http://www.example.com"'),
    ("# Title", "<h3>Title</h3>"),
    ("```\nx < y\n```", "x &lt; y"),
    ("مرحبا بالعالم", "<p>مرحبا بالعالم</p>"),
])
def test_common_markdown(text, html):
    assert html in render(text)


@pytest.mark.parametrize("text", [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](https://tracker.example/pixel.png)",
    "<svg onload=alert(1)>",
    '[a](http://x "onmouseover=alert(1)")<b onclick=1>',
])
def test_nothing_that_is_written_ever_runs(text):
    assert dangers(render(text)) == []


@given(st.text(alphabet=st.sampled_from("<>\"'=:/ ()[]!`*_#@$&;\nabcsrciptonerjvx"), max_size=200))
def test_any_text_is_harmless(text):
    assert dangers(render(text)) == []


@pytest.mark.parametrize(("text", "href", "shown"), [
    ("www.b.example", "http://www.b.example", "www.b.example"),
    ("(see https://b.example/x_(y)).", "https://b.example/x_(y)", "https://b.example/x_(y)"),
    ("看https://b.example/a。谢谢", "https://b.example/a", "https://b.example/a"),
    ("write to a.c+d@b.example, please", "mailto:a.c+d@b.example", "a.c+d@b.example"),
    ("HTTPS://B.example/?a=1&b=2!", "HTTPS://B.example/?a=1&amp;b=2", "HTTPS://B.example/?a=1&amp;b=2"),
])
def test_a_bare_address_is_a_link(text, href, shown):
    assert f'href="{href}"' in render(text) and f">{shown}</a>" in render(text)


@pytest.mark.parametrize("text", [
    "`www.b.example`", "notes.md", "ftp://b.example", "javascript://x", "https://", "www.", "a@b", "@lena@b.example",
    "x@-", "e.g. this",
])
def test_anything_else_is_none(text):
    assert "<a " not in render(text)


def test_a_link_in_a_link_is_one():
    assert render("[www.b.example](https://c.example)").count("<a ") == 1


def test_a_long_table_is_one_with_and_without_a_line_above():
    rows = "|a|b|\n|-|-|\n" + "|1|2|\n" * 700
    assert render(rows).count("<tr") == render(f"Our figures:\n{rows}").count("<tr") == 701


def test_long_and_nested_quotations_are_quotations():
    assert render("> a\n" * 1000).count("<blockquote>") == 1
    assert render("> a\n> > b\n\nc\n\n" * 200).count("<blockquote>") == 400


def test_columns_are_aligned_without_a_style():
    html = render("| a | b | c |\n|:-:|--:|---|\n| 1 | 2 | 3 |")
    assert '<th align="center">a</th>' in html and '<td align="right">2</td>' in html and "<td>3</td>" in html
    assert "style" not in html


NASTY = [
    "*_", "*a_ ", "**a* ", "*" * 50, "~~a ", "`", "``a ", "[", "[a](", "![", "(", "<", "<http://a", "[a]: b\n", "|",
    "|a|b|\n", "|-|-|\n", "a|b\n-|-\n", ">", "> ", "> a\n- ", "- ", "- a\n", "  - a\n", "- [ ] a\n", "1. ", "# a\n",
    "http://a.b ", "www.a.b ", "a@b.example ", "://", "#a ", "@a", "$a ", "\\", "&", "&amp;", "\n", "a\n", "    a\n",
    "a" * 50, " ", "\t", "a\n-\n", "a|b|c\n-\n", "> a|b\n> -\n",
]
WIDE = "|a" * 1900 + "|\n" + "|-" * 1900 + "|\n" + "a\n" * 46_000
TALL = "|a|b|\n|-:|-|\n" + "a\n" * 49_000


@example(["*a_ "])
@example([WIDE])
@example([TALL])
@example(["|", "> a|b\n> -\n", "*_", "  - a\n", "*_"])
@example(["a@b.example ", "> a|b\n> -\n"])
@given(st.lists(st.sampled_from(NASTY), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None, phases=(Phase.explicit, Phase.generate))
def test_no_text_takes_long(pieces):
    text = "".join(pieces)
    text = (text * (100_000 // len(text) + 1))[:100_000]
    # Another try where a busy machine was slow.
    assert any(timed(text) < 0.3 for _try in range(3)), pieces


def timed(text: str) -> float:
    """Seconds of this process for one rendering."""
    began = time.process_time()
    render(text)
    return time.process_time() - began


def test_what_is_too_full_of_marks_is_shown_to_its_end():
    times = MOST_MARKS // 7 + 1
    text = "**bold** @lena\n\n" * times + "the **last** words of @lena <b>\n\nand www.b.example\nindeed #end"
    html = render(text, References(frozenset({"lena"})))
    assert html.startswith("<p><strong>bold</strong>")
    assert html.endswith('<a href="http://www.b.example" rel="noopener noreferrer nofollow">www.b.example</a><br>'
                         "indeed #end</p>")
    assert "the **last** words" in html and html.count('href="/people/lena"') == times + 1
    assert references(text).tags == {"end"} and "indeed #end" in plain(text)
    assert dangers(html) == [] and "&lt;b&gt;" in html


def test_our_own_pictures_are_shown():
    assert 'src="/uploads/7/chart.png"' in render("![chart](/uploads/7/chart.png)")


def test_names_are_read_from_plain_text_only():
    found = references("@lena and @jon.park, #Pricing #价格 $acme-robotics `@code` [@link](/x) a@b.com C#5 $50k #1")
    assert found == References({"lena", "jon.park"}, {"pricing", "价格"}, {"acme-robotics"})


def test_only_known_names_become_links():
    html = render("@lena @nobody", References(frozenset({"lena"})))
    assert '<a href="/people/lena" class="reference"' in html
    assert "@nobody" in html and "/people/nobody" not in html


def test_a_text_begins_in_plain_words_and_ends_with_a_whole_one():
    assert beginning("**Pipeline** is *up*, see [the deck](/e/7)") == "Pipeline is up, see the deck"
    assert beginning("one two three four", 9) == "one two…"
    assert beginning("非常长的没有空格的文字", 4) == "非常长的…"
