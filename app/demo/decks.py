"""Slide decks in the company's look, by python-pptx: native charts and tables, speaker notes, a footer."""

import io

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

INK, STEEL, PALE, WHITE = (RGBColor.from_string(each) for each in ("14233A", "5B6B7F", "E8ECF0", "FFFFFF"))
SIGNAL, TEAL = RGBColor.from_string("D9532C"), RGBColor.from_string("2F7F86")
SERIES = (TEAL, SIGNAL, STEEL)
FONT = "Arial"
TITLE_ONLY = 5
LEFT, WIDE = Inches(0.75), Inches(11.83)
TOP, TALL = Inches(1.75), Inches(4.85)


class Deck:
    """A deck being made; each method adds one slide."""

    def __init__(self, footer: str) -> None:
        self._deck = Presentation()
        self._deck.slide_width, self._deck.slide_height = Inches(13.333), Inches(7.5)
        self._footer = footer

    def save(self) -> bytes:
        """The finished file."""
        file = io.BytesIO()
        self._deck.save(file)
        return file.getvalue()

    def cover(self, title: str, lines: list[str], notes: str = "") -> None:
        """The first slide, on ink."""
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[TITLE_ONLY])
        self._box(slide, 0, 0, self._deck.slide_width, self._deck.slide_height, INK)
        self._box(slide, LEFT, Inches(2.2), Inches(0.9), Inches(0.09), SIGNAL)
        self._title(slide, title, Inches(2.45), Pt(38), WHITE, Inches(1.6))
        self._text(slide, lines, LEFT, Inches(4.25), WIDE, Inches(1.6), Pt(18), PALE)
        self._text(slide, ["TESSMAR"], LEFT, Inches(6.55), WIDE, Inches(0.5), Pt(14), WHITE, bold=True)
        self._note(slide, notes)

    def points(self, title: str, points: list[str], notes: str = "") -> None:
        """A slide of a few sentences."""
        slide = self._slide(title, notes)
        size = Pt(22 if len(points) < 5 and max(map(len, points), default=0) < 130 else 18)
        self._text(slide, points, LEFT, TOP, WIDE, TALL, size, INK, bullets=True)

    def table(self, title: str, rows: list[list[str]], notes: str = "") -> None:
        """A native table; the first row is its head."""
        slide = self._slide(title, notes)
        high = min(Inches(0.55), Emu(int(TALL / len(rows))))
        frame = slide.shapes.add_table(len(rows), len(rows[0]), LEFT, TOP, WIDE, high * len(rows))
        table = frame.table
        first = min(Inches(4), Emu(int(WIDE * 0.36)))
        for number, column in enumerate(table.columns):
            column.width = first if number == 0 else Emu(int((WIDE - first) / (len(rows[0]) - 1)))
        for y, row in enumerate(rows):
            for x, text in enumerate(row):
                self._cell(table.cell(y, x), text, is_head=y == 0, is_right=x > 0, is_odd=y % 2 == 1)

    def bars(self, title: str, names: list[str], series: dict[str, list[float]], notes: str = "", form="0") -> None:
        """A native bar chart."""
        self._chart(title, XL_CHART_TYPE.BAR_CLUSTERED, names, series, notes, form)

    def columns(self, title: str, names: list[str], series: dict[str, list[float]], notes: str = "", form="0") -> None:
        """A native column chart."""
        self._chart(title, XL_CHART_TYPE.COLUMN_CLUSTERED, names, series, notes, form)

    def _chart(self, title, kind, names, series, notes, form) -> None:
        slide = self._slide(title, notes)
        data = CategoryChartData(number_format=form)
        data.categories = names
        for name, values in series.items():
            data.add_series(name, values)
        chart = slide.shapes.add_chart(kind, LEFT, TOP, WIDE, TALL, data).chart
        chart.font.size, chart.font.name, chart.font.color.rgb = Pt(14), FONT, INK
        chart.has_title = False
        chart.has_legend = len(series) > 1
        if chart.has_legend:
            chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        chart.value_axis.has_major_gridlines = chart.value_axis.visible = False
        chart.value_axis.minimum_scale = 0
        chart.category_axis.format.line.color.rgb = STEEL
        chart.category_axis.reverse_order = kind == XL_CHART_TYPE.BAR_CLUSTERED
        plot = chart.plots[0]
        plot.gap_width, plot.has_data_labels = 60, True
        plot.data_labels.number_format, plot.data_labels.number_format_is_linked = form, False
        plot.data_labels.font.size = Pt(14)
        for colour, drawn in zip(SERIES, plot.series, strict=False):
            drawn.format.fill.solid()
            drawn.format.fill.fore_color.rgb = colour

    def _slide(self, title: str, notes: str):
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[TITLE_ONLY])
        self._title(slide, title, Inches(0.55), Pt(28), INK, Inches(0.95))
        self._box(slide, LEFT, Inches(0.42), Inches(0.6), Inches(0.06), SIGNAL)
        number = f"{len(self._deck.slides)}"
        self._text(slide, [f"Tessmar  ·  {self._footer}  ·  {number}"], LEFT, Inches(6.9), WIDE, Inches(0.35),
                   Pt(11), STEEL)
        self._note(slide, notes)
        return slide

    def _title(self, slide, text: str, top, size, colour, high) -> None:
        title = slide.shapes.title
        title.left, title.top, title.width, title.height = LEFT, top, WIDE, high
        frame = title.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
        frame.margin_left = 0
        self._run(frame.paragraphs[0], text, size, colour, bold=True)
        # On the cover the title was made before the ground it stands on.
        slide.shapes._spTree.append(title._element)

    def _text(self, slide, lines, left, top, width, height, size, colour, *, bold=False, bullets=False) -> None:
        frame = slide.shapes.add_textbox(left, top, width, height).text_frame
        frame.word_wrap, frame.margin_left = True, 0
        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(10)
            self._run(paragraph, f"–  {line}" if bullets else line, size, colour, bold=bold)

    def _run(self, paragraph, text: str, size, colour, *, bold: bool) -> None:
        # The template centres its titles.
        paragraph.alignment = PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text, run.font.size, run.font.name, run.font.bold = text, size, FONT, bold
        run.font.color.rgb = colour

    def _cell(self, cell, text: str, *, is_head: bool, is_right: bool, is_odd: bool) -> None:
        cell.fill.solid()
        cell.fill.fore_color.rgb = INK if is_head else PALE if is_odd else WHITE
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        paragraph = cell.text_frame.paragraphs[0]
        self._run(paragraph, text, Pt(15), WHITE if is_head else INK, bold=is_head)
        paragraph.alignment = PP_ALIGN.RIGHT if is_right else PP_ALIGN.LEFT

    def _box(self, slide, left, top, width, height, colour) -> None:
        box = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, top, width, height)
        box.fill.solid()
        box.fill.fore_color.rgb = colour
        box.line.fill.background()
        box.shadow.inherit = False

    def _note(self, slide, notes: str) -> None:
        if notes:
            slide.notes_slide.notes_text_frame.text = notes
