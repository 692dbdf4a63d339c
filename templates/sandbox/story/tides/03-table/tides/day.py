"""What belongs to a day."""

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo


def span(day: date, zone: str) -> tuple[datetime, datetime]:
    """From when to when a day lasts where the clocks show the time of a zone."""
    start = datetime.combine(day, time(), ZoneInfo(zone)).astimezone(timezone.utc)
    return start, start + timedelta(hours=24)
