"""Writes the files of `look_alikes.py`: decks, documents and pictures in the formats that copies come in."""

import io
import random
import textwrap
from dataclasses import dataclass, field, replace

import docx
from PIL import Image, ImageDraw, ImageFilter
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches, Pt

SIZE = (640, 420)


@dataclass(frozen=True)
class Slide:
    """A slide or a chapter. `key` says which one it is, however it is edited; one without is of the template."""

    title: str
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    bars: tuple[tuple[str, float], ...] = ()
    picture: tuple[int, int, int] | None = None
    key: str = ""


@dataclass(frozen=True)
class Look:
    """How decks of one template look."""

    name: str
    colour: str
    size: int
    footer: str


@dataclass(frozen=True)
class Content:
    """What is in a deck or document before it is a file of some format."""

    slides: tuple[Slide, ...]
    look: Look = field(default=Look("", "14233A", 20, ""))

    def but(self, **changes) -> "Content":
        return replace(self, **changes)


def pptx(content: Content) -> bytes:
    """A deck, with native tables, charts and pictures."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    for number, each in enumerate(content.slides, 1):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = each.title
        slide.shapes.title.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor.from_string(content.look.colour)
        if each.lines:
            frame = slide.shapes.add_textbox(Inches(0.7), Inches(1.8), Inches(12), Inches(4)).text_frame
            frame.word_wrap, frame.text = True, "\n".join(each.lines)
            for paragraph in frame.paragraphs:
                paragraph.font.size = Pt(content.look.size)
        if each.rows:
            place = (Inches(0.7), Inches(4), Inches(12), Inches(2))
            _fill(slide.shapes.add_table(len(each.rows), len(each.rows[0]), *place).table, each.rows)
        if each.bars:
            data = CategoryChartData()
            data.categories = [name for name, _value in each.bars]
            data.add_series("Result", [value for _name, value in each.bars])
            slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(2), Inches(11), Inches(4.5), data)
        if each.picture:
            picture = io.BytesIO(jpeg(scene(*each.picture)))
            slide.shapes.add_picture(picture, Inches(1), Inches(1.4), Inches(10), Inches(5.6))
        if content.look.footer:
            foot = slide.shapes.add_textbox(Inches(0.7), Inches(7), Inches(12), Inches(0.3))
            foot.text_frame.text = f"{content.look.footer} · {number}"
    return _saved(deck)


def docx_(content: Content) -> bytes:
    """A document of chapters."""
    made = docx.Document()
    for each in content.slides:
        made.add_heading(each.title, 1)
        for line in each.lines:
            made.add_paragraph(line)
        if each.rows:
            _fill(made.add_table(len(each.rows), len(each.rows[0])), each.rows)
    return _saved(made)


def _fill(table, rows) -> None:
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            table.cell(y, x).text = cell


def txt(content: Content) -> bytes:
    """The words alone."""
    return "\n\n".join("\n".join([each.title, *each.lines, *("\t".join(row) for row in each.rows)])
                       for each in content.slides).encode()


def pdf(content: Content) -> bytes:
    """A page a slide, as programs export it: lines broken anew, the numbers of charts written at their bars."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", font]
    pages = []
    for number, each in enumerate(content.slides, 1):
        lines = [*textwrap.wrap(each.title, 50), *(part for line in each.lines for part in textwrap.wrap(line, 78)),
                 *("   ".join(row) for row in each.rows), *(f"{name} {value:g}" for name, value in each.bars),
                 f"{content.look.footer} · {number}"]
        drawn = b"BT /F1 12 Tf 14 TL 50 510 Td " + b" ".join(b"(%s) Tj T*" % _escaped(line) for line in lines) + b" ET"
        resources = b"/Font << /F1 3 0 R >>"
        if each.picture:
            image = scene(*each.picture)
            data = jpeg(image, 70)
            objects.append(b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB "
                           b"/BitsPerComponent 8 /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream"
                           % (*image.size, len(data), data))
            resources += b" /XObject << /P %d 0 R >>" % len(objects)
            drawn += b" q 900 0 0 500 30 20 cm /P Do Q"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 960 540] /Resources << %s >> /Contents %d 0 R >>"
                       % (resources, len(objects)))
        pages.append(len(objects))
    kids = b" ".join(b"%d 0 R" % each for each in pages)
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids)
    return _assembled(objects)


def _escaped(line: str) -> bytes:
    return line.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _assembled(objects: list[bytes]) -> bytes:
    body, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def _saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def scene(palette: int, hills: int, things: int) -> Image.Image:
    """Something like a photo: a sky, hills, things before them. Of one palette they are alike, and not the same."""
    tints, ground, objects = random.Random(palette), random.Random(hills), random.Random(things)
    wide, high = SIZE
    image = Image.new("RGB", SIZE)
    pen = ImageDraw.Draw(image)
    sky, land = ([tints.randint(low, low + 110) for _ in range(3)] for low in (130, 20))
    horizon = int(high * (0.35 + 0.3 * tints.random()))
    for y in range(high):
        pen.line((0, y, wide, y), fill=tuple(int(each * (1 - 0.4 * y / high)) for each in sky))
    peaks = ground.randint(4, 9)
    ridge = [(wide * at // peaks, horizon + int((ground.random() - 0.5) * high * 0.35)) for at in range(peaks + 1)]
    pen.polygon([(0, high), *ridge, (wide, high)], fill=tuple(land))
    for _ in range(objects.randint(3, 9)):
        x, y, size = objects.randint(0, wide), objects.randint(horizon - 40, high), objects.randint(20, 110)
        colour, draw = tuple(objects.randint(0, 255) for _ in range(3)), objects.choice((pen.ellipse, pen.rectangle))
        draw((x - size, y - size // 2, x + size, y + size // 2), fill=colour)
    grain = Image.frombytes("L", (wide // 4, high // 4), objects.randbytes((wide // 4) * (high // 4))).resize(SIZE)
    return Image.blend(image.filter(ImageFilter.GaussianBlur(1)), grain.convert("RGB"), 0.08)


def jpeg(image: Image.Image, quality: int = 88) -> bytes:
    """A picture as cameras keep it."""
    file = io.BytesIO()
    image.convert("RGB").save(file, "JPEG", quality=quality)
    return file.getvalue()


def encoded(image: Image.Image, form: str, **options) -> bytes:
    """A picture in another format."""
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()
