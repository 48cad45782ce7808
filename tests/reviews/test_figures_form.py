"""The form of a review takes any text: what it cannot read it says, and a draft keeps it all the same."""

from decimal import Decimal

import pytest
from flask_login import login_user
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some
from werkzeug.datastructures import MultiDict

from app.activity.delivery import commit
from app.reviews import drafting
from app.reviews.figures import AMOUNTS, COUNTS
from app.reviews.forms import ReviewForm
from app.reviews.typed import value_of

TEXTS = some.text(max_size=40) | some.text("0123456789eE+-.,_ €١\x00", max_size=24) | some.from_regex(
    r"[-+]?[0-9]{1,40}([.,][0-9]{1,40})?([eE][-+]?[0-9]{1,19})?|[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
@example("-1e30")
@example("1e300000")
@example("9e999999999999999999")
@example("0e999999999")
@example("99999999999999999999")
@example("NaN")
def test_any_text_in_every_field_has_a_form_and_a_page(world, app, browser_of, text):
    with app.test_request_context(method="POST"):
        login_user(world.lena)
        form = ReviewForm(formdata=MultiDict(dict.fromkeys(ReviewForm().typed(), text)))
        form.validate()
        for name in (*AMOUNTS, *COUNTS):
            assert value_of(name, text) == form[name].data, name
    draft = drafting.start_draft(dict.fromkeys(form.typed(), text.replace("\x00", "")), actor=world.lena)
    commit()
    assert browser_of(world.lena).get(draft.url).status_code == 200


@pytest.mark.parametrize(("name", "text", "value"), [
    ("cost", "1.200,507", Decimal("1200.51")), ("leads", "1e3", 1000), ("margin", "-5", Decimal(-5)),
    ("cost", "-5", None), ("leads", "2.5", None), ("leads", "1e300000", None), ("cost", "1e999999999", None),
    ("cost", "NaN", None), ("leads", "Infinity", None), ("leads", "", None),
])
def test_a_draft_says_only_figures_that_a_review_could_keep(name, text, value):
    assert value_of(name, text) == value
