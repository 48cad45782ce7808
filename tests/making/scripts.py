"""Decks that say the same words in every place a slide has for them."""

from pathlib import Path

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

PLACES = ("title", "box", "table", "chart title", "category", "series", "layout", "master")


def everywhere(path: Path, words: str, font: str | None = None, *, charts: bool = True) -> Path:
    """One slide with the words in each of `PLACES`, which has no characters but ASCII besides."""
    made = Presentation()
    layout = made.slide_layouts[5]
    slide = made.slides.add_slide(layout)
    slide.shapes.title.text = words
    _box(slide, words, 1.5, font)
    slide.shapes.add_table(1, 1, Inches(0.5), Inches(2), Inches(4), Inches(0.5)).table.cell(0, 0).text = words
    if charts:
        _chart(slide, words)
    for number, held in enumerate((layout, made.slide_master)):
        held.shapes._spTree.append(_box(slide, words, 6 + number / 2, font)._element)
    made.save(path)
    return path


def _box(slide, words: str, top: float, font: str | None):
    box = slide.shapes.add_textbox(Inches(0.5), Inches(top), Inches(9), Inches(0.5))
    run = box.text_frame.paragraphs[0].add_run()
    run.text, run.font.name = words, font
    return box


def _chart(slide, words: str) -> None:
    data = CategoryChartData()
    data.categories = [words, "Q2"]
    data.add_series(words, (3, 4))
    kind = XL_CHART_TYPE.COLUMN_CLUSTERED
    chart = slide.shapes.add_chart(kind, Inches(0.5), Inches(2.5), Inches(9), Inches(3.5), data).chart
    chart.has_title = chart.has_legend = True
    chart.chart_title.text_frame.text = words


def right_to_left(path: Path, words: str) -> Path:
    """One box with one paragraph that is marked to run from the right."""
    made = Presentation()
    paragraph = _box(made.slides.add_slide(made.slide_layouts[6]), words, 1, None).text_frame.paragraphs[0]
    paragraph._p.get_or_add_pPr().set("rtl", "1")
    made.save(path)
    return path
