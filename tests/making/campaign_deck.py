"""A slide deck for tests, built line by line: covers, lists, tables, charts, tiles, notes."""

from pathlib import Path

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Emu, Inches

TITLE, TITLE_AND_CONTENT, COMPARISON, TITLE_ONLY = 0, 1, 4, 5


class CampaignDeck:
    """Each method adds one slide and returns it; figures are given as they are to be read."""

    def __init__(self, title: str, *lines: str) -> None:
        self._deck = Presentation()
        slide = self._slide(TITLE, title)
        slide.placeholders[1].text_frame.text = "\n".join(lines)

    def save(self, path: Path) -> Path:
        self._deck.save(path)
        return path

    def bullets(self, title: str, *lines: str):
        """Lines of the content placeholder; each leading ">" puts a line one level deeper."""
        slide = self._slide(TITLE_AND_CONTENT, title)
        frame = slide.placeholders[1].text_frame
        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.text, paragraph.level = line.lstrip("> "), len(line) - len(line.lstrip(">"))
        return slide

    def table(self, title: str, *rows: tuple[str, ...], merged: tuple = ()):
        """A native table. `merged`: pairs of cells (row, column) that are merged."""
        slide = self._slide(TITLE_ONLY, title)
        table = slide.shapes.add_table(len(rows), len(rows[0]), *_at(1, 2, 8, 3)).table
        for y, row in enumerate(rows):
            for x, text in enumerate(row):
                table.cell(y, x).text = text
        for first, last in merged:
            table.cell(*first).merge(table.cell(*last))
        return slide

    def chart(self, title: str, names: list[str], series: dict[str, list], kind=XL_CHART_TYPE.BAR_CLUSTERED,
              form: str = "General", heading: str = ""):
        """A native chart."""
        slide = self._slide(TITLE_ONLY, title)
        data = CategoryChartData(number_format=form)
        data.categories = names
        for name, values in series.items():
            data.add_series(name, values)
        chart = slide.shapes.add_chart(kind, *_at(1, 2, 8, 4), data).chart
        chart.has_title = bool(heading)
        if heading:
            chart.chart_title.text_frame.text = heading
        return slide

    def boxes(self, title: str, *texts: str, columns: int = 3):
        """Text boxes in a grid, from left to right."""
        slide = self._slide(TITLE_ONLY, title)
        for number, text in enumerate(texts):
            row, column = divmod(number, columns)
            self.box(slide, text, 0.5 + column * 3, 1.8 + row * 1.8)
        return slide

    def tiles(self, title: str, *tiles: tuple[str, str], grouped: bool = False):
        """Two text boxes a tile, the second right below the first, four tiles a row."""
        slide = self._slide(TITLE_ONLY, title)
        for number, (above, below) in enumerate(tiles):
            row, column = divmod(number, 4)
            place = slide.shapes.add_group_shape() if grouped else slide
            self.box(place, above, 0.3 + column * 2.4, 1.8 + row * 2, 2.2, 0.8)
            self.box(place, below, 0.3 + column * 2.4, 2.6 + row * 2, 2.2, 0.5)
        return slide

    def comparison(self, title: str, *columns: tuple[str, tuple[str, ...]]):
        """Two columns, each with a heading in a box of its own."""
        slide = self._slide(COMPARISON, title)
        for (heading, lines), at in zip(columns, (1, 3), strict=True):
            slide.placeholders[at].text_frame.text = heading
            slide.placeholders[at + 1].text_frame.text = "\n".join(lines)
        return slide

    @staticmethod
    def box(place, text: str, left: float, top: float, width: float = 2.8, height: float = 1.2) -> None:
        """A text box, in inches."""
        place.shapes.add_textbox(*_at(left, top, width, height)).text_frame.text = text

    @staticmethod
    def note(slide, text: str) -> None:
        slide.notes_slide.notes_text_frame.text = text

    @staticmethod
    def hide(slide) -> None:
        slide._element.set("show", "0")

    def _slide(self, layout: int, title: str):
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[layout])
        slide.shapes.title.text_frame.text = title
        return slide


def _at(*inches: float) -> tuple[Emu, ...]:
    return tuple(Inches(each) for each in inches)
