"""Parts that are rendered once read as if they were rendered each time."""

from itertools import product

import pytest
from flask import render_template
from flask_login import login_user

from app.atoms import repeated

DATABASES = ("sqlite",)
PARTS = {"components/_card_actions.html": ("may_react", "may_share", "kept"),
         "components/_comment_actions.html": ("may_resolve", "is_resolved", "may_react"),
         "components/_comment_reply.html": ()}


@pytest.mark.parametrize("template", PARTS)
def test_they_differ_by_their_key_alone(app, world, template):
    names = PARTS[template]
    for who, key in ((world.lena, 7), (world.gus, 12345), (world.ada, 7)):
        with app.test_request_context():
            login_user(who)
            for values in product((True, False), repeat=len(names)):
                shape = dict(zip(names, values, strict=True))
                assert repeated(template, key, **shape) == render_template(template, key=key, **shape)
