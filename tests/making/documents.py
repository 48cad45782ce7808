"""Honest files for tests: small decks, documents, workbooks and pictures with known words in them."""

from pathlib import Path

import docx
import openpyxl
from docx.enum.text import WD_BREAK
from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches


def deck(path: Path, titles: tuple[str, ...] = ("Where we stand", "What it cost", "Not for the customer")) -> Path:
    """A deck: the first slide has notes and a group, the second a table and a chart, the last is hidden."""
    made = Presentation()
    slides = [made.slides.add_slide(made.slide_layouts[5]) for _ in titles]
    for slide, title in zip(slides, titles, strict=True):
        slide.shapes.title.text = title
    slides[0].notes_slide.notes_text_frame.text = "Say this slowly"
    group = slides[0].shapes.add_group_shape()
    group.shapes.add_textbox(Inches(1), Inches(2), Inches(4), Inches(1)).text_frame.text = "Grouped words"
    if len(slides) > 1:
        table = slides[1].shapes.add_table(2, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
        for at, word in enumerate(("Channel", "Leads", "Webinar", "42")):
            table.cell(at // 2, at % 2).text = word
        data = CategoryChartData()
        data.categories = ["EMEA", "DACH"]
        data.add_series("Responses", (3, 4))
        frame = slides[1].shapes.add_chart(
            XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(4), Inches(5), Inches(3), data
        )
        frame.chart.has_title = True
        frame.chart.chart_title.text_frame.text = "Pipeline by region"
        slides[-1]._element.set("show", "0")
    made.save(path)
    return path


def pdf(path: Path, words: tuple[str, ...] = ("First page", "Second page"), box: str = "0 0 612 792") -> Path:
    """A PDF with one line of words a page."""
    count = len(words)
    kids = " ".join(f"{3 + 2 * index} 0 R" for index in range(count))
    font = f"{3 + 2 * count} 0 R"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Count {count} /Kids [{kids}] >>"]
    for index, line in enumerate(words):
        drawn = f"BT /F1 24 Tf 72 700 Td ({line}) Tj ET"
        resources = f"/Resources << /Font << /F1 {font} >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] {resources} /Contents {4 + 2 * index} 0 R >>")
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    path.write_bytes(assembled(objects))
    return path


def assembled(objects: list[str], trailer: str = "") -> bytes:
    """PDF objects, numbered from 1, as a file whose table of offsets is right; the first one is the catalogue."""
    body, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R {trailer}>>\n"
    return body + f"{end}startxref\n{len(body)}\n%%EOF\n".encode("latin-1")


def document(path: Path) -> Path:
    """A Word document: a heading, a table, a page break, a header."""
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Confidential header"
    made.add_heading("Launch plan", 1)
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Owner", "Lena"
    made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    made.add_paragraph("On the second page")
    made.save(path)
    return path


def workbook(path: Path) -> Path:
    """A workbook of two sheets, the second hidden."""
    made = openpyxl.Workbook()
    made.active.title = "Budget"
    made.active.append(["Channel", "Cost"])
    made.active.append(["Webinar", 1200.5])
    hidden = made.create_sheet("Margins")
    hidden.append(["secret", 7])
    hidden.sheet_state = "hidden"
    made.save(path)
    return path


def picture(path: Path, size: tuple[int, int] = (2400, 1200), orientation: int = 1) -> Path:
    """A picture whose left half is red and whose right half is blue, in the format of the suffix."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    image.save(path, exif=exif)
    return path
