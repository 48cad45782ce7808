"""Workbooks: a page a sheet, as lines of tab-separated values."""

from collections.abc import Iterator
from datetime import date, datetime, time

import openpyxl
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from app.assets.rendering.guard import check_package
from app.assets.rendering.job import Job
from app.assets.rendering.results import RenderedPage, Unreadable

_MOST_ROWS = 5_000
_MOST_COLUMNS = 256


def pages(job: Job) -> Iterator[RenderedPage]:
    """Every sheet with its values as last calculated. Raises `Unreadable`."""
    check_package(job)
    with job.path.open("rb") as file:  # by its name, which has no suffix, the library would refuse it
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        if not book.sheetnames:
            raise Unreadable("damaged")
        sheets = book.worksheets
        for number, sheet in enumerate(sheets[: job.expect(len(sheets))], 1):
            text = "\n".join(_lines(sheet, job))
            yield RenderedPage(number, sheet.title, text, hidden=sheet.sheet_state != "visible")


def _lines(sheet: ReadOnlyWorksheet, job: Job) -> Iterator[str]:
    sheet.reset_dimensions()  # what the file says of its size may be a lie, and costs a cell each if believed
    for number, row in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True)):
        if number == _MOST_ROWS:
            job.reason = "text_cut"
            return
        line = "\t".join(map(_shown, row)).rstrip("\t")
        if line:
            yield line


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.10g}"
    return " ".join(str(value).split())
