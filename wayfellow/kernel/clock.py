"""The one place that asks what time it is. Views and commands read it once and pass it down."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def local_date(at: datetime, tz: str) -> date:
    """The day it is in `tz` (an IANA name) at the aware moment `at`: deadlines and birthdays are days, not moments."""
    return at.astimezone(ZoneInfo(tz)).date()


def local(at: datetime, tz: str) -> datetime:
    """The aware moment `at` as a clock on the wall in `tz` shows it."""
    return at.astimezone(ZoneInfo(tz))


def day_start(day: date, tz: str) -> datetime:
    """The aware moment at which `day` begins in `tz`: a period of days ends at the start of the day after its last."""
    return datetime.combine(day, time(), ZoneInfo(tz))
