"""Files that people of the demo company share, made from plain text: `# heading`, lines, `- points`, `a | b` tables."""

import csv
import ctypes
import io
import textwrap
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium
from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from PIL import Image, ImageDraw, ImageFont

from app.demo.decks import Deck
from app.demo.sounds import wav

A4 = (595, 842)
INK, SIGNAL, PAPER = (20, 35, 58), (217, 83, 44), (250, 249, 246)


@dataclass
class Section:
    """A heading with what stands under it: a slide, or a chapter."""

    title: str
    points: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    chart: list[tuple[str, float]] = field(default_factory=list)
    notes: str = ""


def make(name: str, text: str) -> bytes:
    """The file of this name with this text in it; the name's ending says which kind. Raises KeyError for others."""
    return MAKERS[name.rpartition(".")[2]](text)


def sections(text: str) -> list[Section]:
    """The text by its headings."""
    found: list[Section] = []
    for line in filter(str.strip, text.split("\n")):
        if line.startswith("# "):
            found.append(Section(line[2:].strip()))
        elif line.startswith("notes: "):
            found[-1].notes = line.removeprefix("notes: ")
        elif line.startswith("chart: "):
            pairs = (part.rsplit(" ", 1) for part in line.removeprefix("chart: ").split(","))
            found[-1].chart = [(name.strip(), float(value)) for name, value in pairs]
        elif " | " in line:
            found[-1].rows.append([cell.strip() for cell in line.split("|")])
        else:
            found[-1].points.append(line.removeprefix("- "))
    return found


def _pptx(text: str) -> bytes:
    first, *rest = sections(text)
    deck = Deck(first.title)
    deck.cover(first.title, first.points, first.notes)
    for each in rest:
        if each.chart:
            names, values = zip(*each.chart, strict=True)
            deck.columns(each.title, list(names), {each.title: list(values)}, each.notes, "#,##0.#")
        elif each.rows:
            deck.table(each.title, each.rows, each.notes)
        else:
            deck.points(each.title, each.points, each.notes)
    return deck.save()


def _docx(text: str) -> bytes:
    document, file = Document(), io.BytesIO()
    for number, each in enumerate(sections(text)):
        document.add_heading(each.title, level=0 if number == 0 else 1)
        for point in each.points:
            document.add_paragraph(point)
        if each.rows:
            table = document.add_table(rows=0, cols=len(each.rows[0]), style="Light Grid Accent 1")
            for row in each.rows:
                for cell, content in zip(table.add_row().cells, row, strict=True):
                    cell.text = content
    document.save(file)
    return file.getvalue()


def _xlsx(text: str) -> bytes:
    book, file = Workbook(), io.BytesIO()
    book.remove(book.active)
    for each in sections(text):
        sheet = book.create_sheet(each.title[:31])
        for row in each.rows:
            sheet.append([_number(cell) for cell in row])
        for cell in sheet[1]:
            cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", start_color="14233A")
        for column in sheet.columns:
            width = max(len(str(cell.value or "")) for cell in column)
            sheet.column_dimensions[column[0].column_letter].width = width + 3
    book.save(file)
    return file.getvalue()


def _number(cell: str):
    plain = cell.replace(",", "").replace(".", "", 1)
    return float(cell.replace(",", "")) if plain.isdigit() else cell


def _csv(text: str) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows([cell.strip() for cell in line.split("|")] for line in text.split("\n"))
    return file.getvalue().encode()


def _png(text: str) -> bytes:
    """A poster: the first heading large, its points under it, on paper with a band of ink."""
    first = sections(text)[0]
    image, file = Image.new("RGB", (1600, 1000), PAPER), io.BytesIO()
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 1600, 620), fill=INK)
    _gripper(pen)
    pen.rectangle((90, 700, 170, 708), fill=SIGNAL)
    pen.text((90, 725), first.title, font=ImageFont.load_default(64), fill=INK)
    for number, point in enumerate(first.points):
        pen.text((90, 825 + 46 * number), point, font=ImageFont.load_default(32), fill=INK)
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _gripper(pen: ImageDraw.ImageDraw) -> None:
    """A four-cup vacuum gripper above a box, as a drawing."""
    pen.rectangle((760, 40, 840, 190), fill=(91, 107, 127))
    pen.rounded_rectangle((480, 190, 1120, 250), 18, fill=(232, 236, 240))
    for x in (530, 710, 890, 1070):
        pen.rectangle((x - 14, 250, x + 14, 330), fill=(91, 107, 127))
        pen.polygon(((x - 24, 330), (x + 24, 330), (x + 52, 380), (x - 52, 380)), fill=SIGNAL)
    pen.rounded_rectangle((440, 388, 1160, 580), 12, fill=(186, 154, 110))
    pen.line((800, 388, 800, 580), fill=(150, 120, 82), width=6)


def _pdf(text: str) -> bytes:
    """Pages of A4 with text that can be searched, a page for each heading."""
    document, file = pypdfium2.PdfDocument.new(), io.BytesIO()
    for each in sections(text):
        page = document.new_page(*A4)
        lines = [*each.points, *("   ".join(row) for row in each.rows)]
        at = _write(document, page, each.title, 770, 22) - 16
        for line in lines:
            at = _write(document, page, line, at, 11.5) - 6
        _write(document, page, "Tessmar GmbH & Co. KG, Reutlingen", 40, 8)
        pdfium.FPDFPage_GenerateContent(page)
    document.save(file)
    return file.getvalue()


def _write(document, page, text: str, at: float, size: float) -> float:
    """Write a paragraph from the height `at` downwards, in points; how far down it came."""
    for line in textwrap.wrap(text, int(900 / size)):
        written = pdfium.FPDFPageObj_NewTextObj(document, b"Helvetica", size)
        letters = (line + "\0").encode("utf-16-le")
        pdfium.FPDFText_SetText(written, ctypes.cast(letters, pdfium.FPDF_WIDESTRING))
        pdfium.FPDFPageObj_Transform(written, 1, 0, 0, 1, 60, at)
        pdfium.FPDFPage_InsertObject(page, written)
        at -= size * 1.45
    return at


MAKERS = {"pptx": _pptx, "docx": _docx, "xlsx": _xlsx, "csv": _csv, "png": _png, "pdf": _pdf, "md": str.encode,
          "txt": str.encode, "wav": wav}
