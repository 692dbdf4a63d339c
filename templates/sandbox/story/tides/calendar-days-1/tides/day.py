"""What belongs to a day."""

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo


def span(day: date, zone: str) -> tuple[datetime, datetime]:
    """From one midnight to the next where the clocks show the time of a zone: 23, 24 or 25 hours."""
    return midnight(day, zone), midnight(day + timedelta(days=1), zone)


def midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(timezone.utc)
