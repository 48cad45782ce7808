"""What people write becomes safe HTML, whatever they write."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.entries.markdown import References, beginning, references, render


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
