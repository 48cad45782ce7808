"""What a WSGI server and the `flask` command load: `gunicorn wsgi:app`."""

import gc

# Nearly all that is made from here on stays: looking through it for waste again and again takes a quarter of the start.
gc.disable()

import config  # noqa: E402
from app import create_app  # noqa: E402

config.close_to_others()
app = create_app()
gc.freeze()
gc.enable()
