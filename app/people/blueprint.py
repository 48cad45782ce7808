"""One blueprint for everything about people; the views are in entrance.py and routes.py."""

from flask import Blueprint

people = Blueprint("people", __name__)
