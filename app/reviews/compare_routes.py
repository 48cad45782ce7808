"""Comparing campaign reviews: chosen ones, all of a kind, or one and its peers; as a page and as CSV."""

from flask import Blueprint, Response, render_template, request
from flask_login import current_user

from app.db import now
from app.reviews import asking
from app.reviews.choosing import ENOUGH, MOST
from app.reviews.comparison import COLUMNS, DIMENSIONS, TEXT_COLUMNS, Comparison, Group, Row, compare, grouped
from app.reviews.converting import at_stated_rates
from app.reviews.currencies import company_currency, rate_of
from app.reviews.filters import choices
from app.reviews.sheet import sheet
from app.reviews.standings import peers_sentence
from app.reviews.strips import figure, strips

comparing = Blueprint("comparing", __name__)
comparing.add_app_template_filter(figure, "column_figure")


@comparing.get("/reviews/compare")
def page():
    asked = asking.read(request.args)
    found = asking.find(current_user, asked)
    converted = at_stated_rates(found.chosen.rows, found.own)
    comparison = _comparison(asked, found, converted)
    rows = comparison.ordered(asked.by, asked.descending) if asked.sort else list(comparison.rows)
    if request.args.get("format") == "csv":
        headers = {"Content-Disposition": 'attachment; filename="reviews-compared.csv"'}
        return Response(sheet(rows), content_type="text/csv; charset=utf-8", headers=headers)
    return render_template(
        "reviews/compare.html", asked=asked, found=found, comparison=comparison, rows=rows, columns=asked.columns,
        groups=_groups(comparison, asked) if asked.view == "groups" else [], dimensions=DIMENSIONS,
        strips={} if asked.view else strips(comparison, asked.columns),
        sentence=peers_sentence(found.peers) if found.peers and found.peers.rows else "",
        convertible=next((row.currency for row in converted if row.converted_from), None), rate_of=rate_of,
        gone=len(asked.ids) - len(rows) if asked.ids and not any(asked.wanted.values()) else 0,
        wanted=asked.wanted, choices=choices(current_user), this_year=str(now().year), most=MOST, enough=ENOUGH,
    )


def _comparison(asked: asking.Asked, found: asking.Found, converted: list[Row]) -> Comparison:
    own = found.own
    if asked.convert:
        return compare(converted, own.currency if own else company_currency(), own)
    return compare(found.chosen.rows, asked.currency or (own and own.currency), own)


def _groups(comparison: Comparison, asked: asking.Asked) -> list[Group]:
    """By the median of a column, those without one last; the largest group first when no column was asked for."""
    groups = grouped(comparison, asked.crossed)
    if not asked.sort or asked.by in TEXT_COLUMNS:
        return groups
    column = COLUMNS[asked.by]
    known = [group for group in groups if group.comparison.summary(column)]
    known.sort(key=lambda group: group.comparison.summary(column).median, reverse=asked.descending)
    return known + [group for group in groups if not group.comparison.summary(column)]
