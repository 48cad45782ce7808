"""What a WSGI server and the `flask` command load: `gunicorn wsgi:app`."""

import config
from app import create_app

config.close_to_others()
app = create_app()
