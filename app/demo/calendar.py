"""When things happened in the demo company: all dates are counted back from the day it is loaded."""

import re
from datetime import UTC, date, datetime, time, timedelta

# A quarter counts as reviewed once it has been over for this long.
REVIEW_DAYS = 20
_OFFSET = re.compile(r"([+-]?\d+)([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_PLACEHOLDER = re.compile(r"\{(q|year|month|day|date|end)([+-]?\d+)\}")


class Calendar:
    """Turns "-12 09:40" (working days back), "-3h" and "q-2 +15 09:40" (after a quarter's end) into moments.

    Quarter -1 is the newest that has been reviewed, quarter 0 the one after it. Nothing is later than `end`.
    """

    def __init__(self, end: datetime) -> None:
        self.end = end
        today = end.date()
        running = today.year * 4 + (today.month - 1) // 3
        started = date(running // 4, running % 4 * 3 + 1, 1)
        self._zero = running if (today - started).days >= REVIEW_DAYS else running - 1

    def first_day(self, quarter: int) -> date:
        """The day on which a quarter starts."""
        number = self._zero + quarter
        return date(number // 4, number % 4 * 3 + 1, 1)

    def last_day(self, quarter: int) -> date:
        """The day on which a quarter ends."""
        return self.first_day(quarter + 1) - timedelta(days=1)

    def quarter(self, quarter: int) -> str:
        """A quarter as reviews write it: "2026-Q3"."""
        number = self._zero + quarter
        return f"{number // 4}-Q{number % 4 + 1}"

    def moment(self, text: str) -> datetime:
        """The moment that a root's `at:` names."""
        first, *rest = text.split()
        if offset := _OFFSET.fullmatch(first):
            return self.end + timedelta(**{_UNITS[offset[2]]: int(offset[1])})
        if first.startswith("q"):
            day = _weekday(self.last_day(int(first[1:])) + timedelta(days=int(rest[0])))
        else:
            day = self._working_day(-int(first))
        return min(datetime.combine(day, time.fromisoformat(rest[-1]), UTC), self.end)

    def after(self, moment: datetime, text: str) -> datetime:
        """`text` ("+25m", "+3h", "+2d") later; what falls on a weekend waits for Monday if Monday has been."""
        offset = _OFFSET.fullmatch(text)
        later = moment + timedelta(**{_UNITS[offset[2]]: int(offset[1])})
        monday = datetime.combine(_weekday(later.date()), later.timetz())
        return min(monday if monday <= self.end else later, self.end)

    def _working_day(self, back: int) -> date:
        day = self.end.date()
        while back:
            day -= timedelta(days=1)
            back -= day.weekday() < 5
        return day

    def words(self, text: str) -> str:
        """Fill in {q-1} "Q3 2026", {year-1} (of that quarter), {month-2}, {day+10} "2 December" (from today), and as
        forms take them {date+10} "2026-12-02" and {end-1} (the quarter's last day)."""
        return _PLACEHOLDER.sub(lambda found: self._word(found[1], int(found[2])), text)

    def _word(self, what: str, count: int) -> str:
        if what == "q":
            year, quarter = self.quarter(count).split("-")
            return f"{quarter} {year}"
        if what == "year":
            return self.quarter(count)[:4]
        if what == "end":
            return self.last_day(count).isoformat()
        if what == "month":
            number = self.end.year * 12 + self.end.month - 1 + count
            return f"{date(number // 12, number % 12 + 1, 1):%B}"
        day = _weekday(self.end.date() + timedelta(days=count))
        return day.isoformat() if what == "date" else f"{day.day} {day:%B}"


def _weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
