"""How values are shown: language, time zone, relative times, figures; and what every page's shell needs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import available_timezones

from babel import dates
from flask import Flask, g, has_request_context, request
from flask_babel import (
    format_date,
    format_decimal,
    format_timedelta,
    get_locale,
    get_timezone,
    get_translations,
)
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup
from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager
from sqlalchemy.orm.attributes import set_committed_value

from app.access import Anyone, built_once, can, home_of, root_of
from app.activity import bell
from app.activity.kinds import describe
from app.activity.rules import unmuted
from app.amounts import money
from app.assets.uploads import limit_text
from app.db import now
from app.entries.markdown import render
from app.entries.models import QUIET, Entry
from app.extensions import db
from app.people.days import today_for
from app.spaces.models import Membership, Space

LOCALES = ("en", "de", "zh", "ar", "he")
RIGHT_TO_LEFT = ("ar", "he", "fa", "ur")
SPACES_SHOWN = 24
known_timezones = available_timezones()


def locale() -> str:
    """The reader's language: theirs when signed in, else the browser's."""
    if current_user and current_user.is_authenticated:
        return current_user.locale
    if has_request_context():
        return request.accept_languages.best_match(LOCALES) or "en"
    return "en"


def timezone() -> str:
    """The reader's time zone."""
    zone = current_user.timezone if current_user and current_user.is_authenticated else "UTC"
    return zone if zone in known_timezones else "UTC"


def relative_time(moment: datetime) -> str:
    """"5 minutes ago", or the date when it is more than a week away."""
    distance = moment - now()
    if abs(distance) < timedelta(seconds=45):
        return _("just now")
    if abs(distance) < timedelta(days=7):
        return format_timedelta(distance, add_direction=True, threshold=0.95)
    same_year = moment.year == now().year
    return written(moment, "d MMM" if same_year else "d MMM y")


def written(moment: datetime, pattern: str | None = None) -> str:
    """A moment with its time, in the reader's language and zone."""
    return _written(moment, pattern or "medium", get_locale(), get_timezone())


# A page says dozens of them, and what one reads like depends on nothing else.
@lru_cache(maxsize=5000)
def _written(moment: datetime, pattern: str, language, zone) -> str:
    return dates.format_datetime(moment, pattern, tzinfo=zone, locale=language)


def days_ago(moment: datetime) -> int:
    """How many midnights of the reader's have passed since a moment."""
    person = current_user._get_current_object()
    return (today_for(person) - today_for(person, moment)).days


def number(value) -> str:
    """A figure with the reader's separators."""
    return "–" if value is None else format_decimal(value)


def dateformat(day, pattern: str | None = None) -> str:
    """A day as the reader's language writes it; in English with the day first, as everywhere else here."""
    return format_date(day, pattern or ("d MMM y" if get_locale().language == "en" else "medium"))


def file_size(count: int) -> str:
    """Bytes in the unit people use for it."""
    size = float(count)
    for unit in ("B", "KB", "MB"):
        if size < 1000:
            return f"{format_decimal(round(size, 1 if unit == 'MB' else 0))} {unit}"
        size /= 1000
    return f"{format_decimal(round(size, 1))} GB"


def browser_name(agent: str) -> str:
    """ "Firefox on Windows" out of what a browser says of itself; enough to tell one's own browsers apart."""
    browsers = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
                ("Safari/", "Safari"))
    systems = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
               ("Mac OS", "macOS"), ("Linux", "Linux"))
    browser = next((name for mark, name in browsers if mark in agent), _("A browser"))
    system = next((name for mark, name in systems if mark in agent), "")
    return _("%(browser)s on %(system)s", browser=browser, system=system) if system else browser


@built_once
def _standings(anyone: Anyone) -> Select:
    """Where they stand in each space, how much is unread there, and how much the bell counts."""
    unread = select(func.count(Entry.id)).where(
        Entry.space_id == Membership.space_id, Entry.id > Membership.read_entry_id, Entry.thread_id.is_(None),
        Entry.deleted_at.is_(None), Entry.author_id != anyone.id, Entry.kind != QUIET, unmuted(anyone),
    ).scalar_subquery()
    query = select(Membership, unread, bell.unread(anyone).scalar_subquery()).join(Membership.space)
    return query.options(contains_eager(Membership.space)).where(Membership.person_id == anyone.id).order_by(Space.name)


@dataclass
class SpaceLine:
    """One of my spaces in the navigation."""

    space: Space
    unread: int


class Shell:
    """What the frame around every page shows, in one statement."""

    @property
    def spaces(self) -> list[SpaceLine]:
        """My living spaces with the exact number of entries by others that I have not seen, nor muted."""
        if "shell_spaces" not in g:
            self._look()
        return g.shell_spaces

    @property
    def unread_entries(self) -> int:
        """What waits in all of them together."""
        return sum(line.unread for line in self.spaces)

    @property
    def unread_notifications(self) -> int:
        """What the bell counts."""
        if "shell_unread" not in g:
            self._look()
        return g.shell_unread

    def _look(self) -> None:
        rows = db.session.execute(*_standings(current_user)).all()
        # The same rows answer every `can()` of the page.
        set_committed_value(current_user._get_current_object(), "memberships", [row[0] for row in rows])
        g.shell_spaces = [SpaceLine(each.space, count) for each, count, _bell in rows
                          if not each.space.is_archived and not each.space.is_room]
        g.shell_unread = rows[0][2] if rows else db.session.scalar(bell.unread(current_user))

    unread_url = "/unread"

    @property
    def nearest_spaces(self) -> list[SpaceLine]:
        """Those the navigation has room for: by name, but what is unread before what is not when there are many."""
        lines = self.spaces
        if len(lines) <= SPACES_SHOWN:
            return lines
        kept = {line.space.id for line in sorted(lines, key=lambda line: not line.unread)[:SPACES_SHOWN]}
        return [line for line in lines if line.space.id in kept]


def _translations():
    """The translations of this request's reader, looked up once."""
    if "translations" not in g:
        g.translations = get_translations()
    return g.translations


def _page_frame() -> dict:
    """What `layouts/base.html` reads: language, writing direction, theme."""
    language = get_locale().language if get_locale() else "en"
    return {
        "locale": language,
        "text_dir": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "theme": current_user.theme if current_user and current_user.is_authenticated else "auto",
    }


def init_app(app: Flask) -> None:
    """Filters and globals for templates. None of them but the shell asks the database."""
    app.jinja_env.filters.update(
        dateformat=dateformat, datetimeformat=written, days_ago=days_ago, relative_time=relative_time, number=number,
        file_size=file_size, upload_limit=limit_text, money=money, browser_name=browser_name,
        sentence=lambda activity: describe(activity, current_user),
        markdown=lambda text, known=None: Markup(render(text, known)),
    )
    app.jinja_env.globals.update(
        can=lambda verb, thing: can(current_user._get_current_object(), verb, thing), shell=Shell(), now=now,
        root_of=root_of,
        home_of=lambda entry: home_of(current_user._get_current_object(), entry),
    )
    # Flask-Babel looks its translations up for every string; a page has hundreds.
    app.jinja_env.install_gettext_callables(
        lambda text: _translations().ugettext(text),
        lambda one, many, count: _translations().ungettext(one, many, count),
        newstyle=True,
        pgettext=lambda context, text: _translations().upgettext(context, text),
        npgettext=lambda context, one, many, count: _translations().unpgettext(context, one, many, count),
    )
    app.context_processor(_page_frame)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


