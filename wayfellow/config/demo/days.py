"""The demonstration's calendar: everything stands at a distance from today, at an hour of the agency's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wayfellow.kernel import clock

WEEK = 7
SUNDAY = 6
SATURDAY = 5


@dataclass(frozen=True)
class Days:
    """Days ago and hours of day, as moments. today: the agency's date; nothing else of the present moment is used."""

    today: date
    timezone: str

    @classmethod
    def of(cls, at: datetime, timezone: str) -> Days:
        """The calendar of the moment's day."""
        return cls(clock.local_date(at, timezone), timezone)

    def day(self, ago: int) -> date:
        """The day `ago` days before today; negative: ahead."""
        return self.today - timedelta(days=ago)

    def at(self, ago: int, minutes: int) -> datetime:
        """`minutes` after midnight of that day, by the clock on the wall."""
        whole = time(minutes // 60 % 24, minutes % 60)
        return datetime.combine(self.day(ago), whole, ZoneInfo(self.timezone)).astimezone(UTC)

    def ago(self, day: date) -> int:
        """How many days before today."""
        return (self.today - day).days

    def workday(self, ago: int) -> int:
        """The same day, or the Friday before a weekend."""
        return ago + max(0, self.day(ago).weekday() - SATURDAY + 1)

    def last_sunday(self) -> int:
        """How many days ago last Sunday was: 1 to 7."""
        return (self.today.weekday() - SUNDAY) % WEEK or WEEK
