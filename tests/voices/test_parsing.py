"""Reading feeds of every dialect, and pages that are none or mean harm: words come of it, or a reason, no crash."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.voices import times
from app.voices.found import LONGEST_TEXT, Reading
from app.voices.parsing import MOST_ITEMS, read
from app.voices.reading import read as read_fenced
from app.voices.words import TROUBLES
from tests.voices.conftest import rss

HERE = "https://acme.example/blog/feed.xml"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://b.example/x/">
<title type="html">A &lt;b&gt;x&lt;/b&gt;</title><link rel="self" href="feed"/><link href="../"/>
<entry><id>u</id><title>1 &lt; 2</title><link href="q"/>
<link rel="enclosure" type="audio/mpeg" href="/s.mp3"/><updated>2026-11-01T10:00:00+02:00</updated><author><name>Bo
</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p><p>Two</p></div></content>
</entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>
<title>Old</title><link>/</link><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
</channel><item rdf:about="i1"><title>T</title><link>/1</link><dc:date>2026-11-01</dc:date><dc:creator>Bo</dc:creator>
</item></rdf:RDF>"""
PODCAST = rss("""<title>Episode 1</title><enclosure url="https://cdn.example/1.mp3" type="audio/mpeg" length="9"/>
<itunes:duration xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">1:02:03</itunes:duration>""")
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def read_text(text: str, encoding: str = "utf-8", media_type: str = "") -> Reading:
    return read(text.encode(encoding), HERE, media_type)


def test_atom_rdf_and_podcasts_say_the_same_things():
    atom = read_text(ATOM)
    [entry] = atom.items
    assert (atom.title, atom.site) == ("A x", "https://b.example/")
    assert (entry.title, entry.text, entry.by) == ("1 < 2", "One\n\nTwo", "Bo")
    assert (entry.link, entry.sound) == ("https://b.example/x/q", "https://b.example/s.mp3")
    assert entry.published == "2026-11-01T08:00:00+00:00"
    rdf = read_text(RDF)
    assert (rdf.title, rdf.minutes, rdf.site) == ("Old", 720, "https://acme.example/")
    assert [(each.guid, each.link, each.by, each.published[:10]) for each in rdf.items] == [
        ("i1", "https://acme.example/1", "Bo", "2026-11-01")]
    [episode] = read_text(PODCAST).items
    assert (episode.sound, episode.seconds) == ("https://cdn.example/1.mp3", 3723)


def test_markup_becomes_words_and_addresses_are_those_of_the_web():
    [told] = read_text(rss("""<title>A&nbsp;B & C</title><link>javascript:alert(1)</link>
    <description><![CDATA[<p onclick="x()">Hi <b>@lena</b></p><script>steal()</script><img src="https://t.example/p.png">
    <p><a href="https://acme.example/z">there</a> <a href="javascript:x()">not</a></p><iframe src="//x"></iframe>]]>
    </description><enclosure url="file:///etc/passwd" type="audio/mpeg"/>""")).items
    assert told.title == "A B & C"
    assert told.text == "Hi @lena\n\nthere <https://acme.example/z> not"
    assert (told.link, told.sound) == ("", "")


def test_an_address_that_is_an_id_is_where_it_is_read_unless_it_says_otherwise():
    told = read_text(rss("<title>A</title><guid>https://acme.example/a</guid>",
                         "<title>B</title><guid isPermaLink='false'>https://acme.example/b</guid>")).items
    assert [each.link for each in told] == ["https://acme.example/a", ""]


@pytest.mark.parametrize(("text", "encoding", "media_type"), [
    (rss("<title>Größe</title>").replace("utf-8", "iso-8859-1"), "latin-1", ""),
    (rss("<title>Größe</title>"), "latin-1", "text/xml"),
    (rss("<title>Größe</title>"), "utf-16", "application/xml"),
    (rss("<title>Größe</title>"), "utf-8", "text/xml; charset=us-ascii"),
    ("\ufeff\n" + rss("<title>Größe</title>"), "utf-8", ""),
])
def test_letters_are_read_whatever_they_claim_to_be(text, encoding, media_type):
    assert read_text(text, encoding, media_type).items[0].title == "Größe"


def test_characters_by_numbers_that_are_none_break_nothing():
    """The halves of UTF-16 that some programs write are the character they mean."""
    told = read(rss("<title>a&#xD83D;&#xDE00;b&#0;&#xD800;c&#8217;d &amp; e &amp;#60;</title>").encode(), HERE)
    assert told.items[0].title == "a😀b\ufffdc’d & e <"


def test_scripts_of_all_directions_are_kept_and_turning_signs_are_not():
    titles = ["مرحبا بالعالم", "שלום", "新製品のご案内"]
    told = read_text(rss(*(f"<title>\u202e{each}</title>" for each in titles))).items
    assert [each.title for each in told] == titles


@pytest.mark.parametrize(("data", "trouble"), [
    (b"", "empty"), (b" \n", "empty"),
    (b"<html><body>Hello</body></html>", "no_feed"), (b"\x89PNG\r\n\x00\x01", "no_feed"),
    (b'{"version": "https://jsonfeed.org/version/1.1"}', "no_feed"),
    (b"<x><rss/></x>", "unreadable"), (rss().encode(), ""), (b"<rss/>", ""),
    (rss("<title>A</title>").encode()[:-30], ""),
])
def test_what_is_no_feed_has_a_reason(data, trouble):
    found = read(data, HERE)
    assert found.trouble == trouble and (not trouble or trouble in TROUBLES)


@pytest.mark.parametrize("doctype", [
    f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>', '<!DOCTYPE rss [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/evil.dtd">', '<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1:1/">%x;]>',
])
def test_what_a_document_defines_itself_is_never_expanded(doctype):
    found = read_text(rss("<title>&l9;</title><link>/a?&l9;</link>").replace("<rss", f"{doctype}<rss"))
    assert len(str(found)) < 1000 and "root:" not in str(found)


def test_much_of_it_is_cut_and_the_fence_holds():
    long = read_text(rss(f"<title>{'x' * 5000}</title><description>{'word ' * 900_000}</description>"))
    assert len(long.items[0].title) == 300 and len(long.items[0].text) <= LONGEST_TEXT
    many = read_text(rss(*(f"<title>{number}</title><guid>{number}</guid>" for number in range(3000))))
    assert len(many.items) == MOST_ITEMS
    deep = read_fenced(rss("<description>" + "<b>" * 200_000).encode(), HERE)
    assert deep.trouble in ("", "unreadable")


def test_the_newest_come_first_and_each_once():
    told = read_text(rss("<title>Old</title><guid>1</guid><pubDate>Sun, 01 Nov 2026 08:00:00 GMT</pubDate>",
                         "<title>New</title><guid>2</guid><pubDate>Mon, 02 Nov 2026 08:00:00 GMT</pubDate>",
                         "<title>Again</title><guid>1</guid>")).items
    assert [each.title for each in told] == ["New", "Old"]


def test_a_web_page_names_its_feeds():
    page = """<html><head><base href="/a/"><link rel="alternate" type="application/rss+xml" title="News" href="n.xml">
    <link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="https://other.example/atom">
    <link rel="alternate" type="application/rss+xml" href="javascript:x">
    <link rel="alternate" hreflang="de" href="/de">"""
    assert [(each.address, each.title) for each in read_text(page).choices] == [
        ("https://acme.example/a/n.xml", "News"), ("https://other.example/atom", "")]


@pytest.mark.parametrize(("text", "said"), [
    ("Thu, 12 Nov 2026 10:00:00 EST", "2026-11-12T15:00:00+00:00"), ("2026-11-12", "2026-11-12T00:00:00+00:00"),
    ("2026-11-12T10:00:00Z", "2026-11-12T10:00:00+00:00"), ("12 Nov 2026 10:00", "2026-11-12T10:00:00+00:00"),
    ("Do, 12 Nov 2026 10:00:00 +0100", "2026-11-12T09:00:00+00:00"), ("yesterday", None), ("", None),
    ("0001-01-01T00:00:00+14:00", None), ("9999-12-31T23:59:59-12:00", None), ("2026-13-40", None),
    ("Thu, 99 Nov 2026 10:00:00 GMT", None),
])
def test_moments_are_read_as_they_are_written(text, said):
    found = times.moment(text)
    assert (found and found.isoformat()) == said


TAGS = st.sampled_from(["rss", "channel", "item", "title", "link", "guid", "pubDate", "description", "content:encoded",
                        "feed", "entry", "enclosure", "ttl", "itunes:duration", "html", "![CDATA[",
                        "!DOCTYPE x [", "?xml"])
PIECES = st.one_of(
    st.builds("<{}>".format, TAGS), st.builds("</{}>".format, TAGS), st.text(max_size=20),
    st.sampled_from(["&amp;", "&#0;", "&#x110000;", "&nope;", "]]>", "<link href='//[' rel='alternate'/>", "\x00",
                     "<a b='"]),
    st.builds("<enclosure url='{}' type='audio/x'/>".format, st.text(max_size=20)),
    st.builds("<pubDate>{}</pubDate>".format, st.text("0123456789:-/ TZGMNov,+", max_size=30)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25), st.booleans())
def test_whatever_comes_something_plain_comes_of_it(pieces, looks_right):
    text = "".join(pieces)
    found = read((rss(text) if looks_right else text).encode("utf-8", "surrogatepass"), HERE)
    assert found.trouble in ("", *TROUBLES)
    assert Reading.from_json(found.as_json()) == found
    for each in found.items:
        assert each.moment is None or each.moment.tzinfo
        for address in (each.link, each.sound):
            assert address == "" or address.startswith(("http://", "https://"))
        assert "\x00" not in each.title + each.text + each.guid + each.by
