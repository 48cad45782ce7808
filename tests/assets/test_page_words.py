"""What a page of a file is called, by what the file is."""

import pytest

from app.assets.page_words import on_page, page_name, page_title

DATABASES = ("sqlite",)


@pytest.mark.parametrize("kind, words", [
    ("deck", ("slide 3", "Slide 3", "on slide 3")), ("document", ("page 3", "Page 3", "on page 3")),
    ("image", ("picture", "Picture", "on the picture")), ("other", ("page 3", "Page 3", "on page 3"))])
def test_a_page_is_called_by_what_it_is(app, kind, words):
    with app.test_request_context():
        assert (page_name(kind, 3), page_title(kind, 3), on_page(kind, 3)) == words
