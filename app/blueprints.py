"""Every blueprint of the house, in the order of its floors."""

from app.people import entrance as _entrance
from app.people import routes as people

BLUEPRINTS = (people.people,)
