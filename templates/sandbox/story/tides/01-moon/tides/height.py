"""How high the sea stands."""

from datetime import datetime, timezone
from math import cos, radians

from tides.constituents import SPEEDS
from tides.stations import Station

START = datetime(2026, 1, 1, tzinfo=timezone.utc)


def height(station: Station, moment: datetime) -> float:
    """The height at a moment, in metres."""
    hours = (moment - START).total_seconds() / 3600
    waves = station.waves.items()
    return station.mean + sum(size * cos(radians(SPEEDS[wave] * hours - late)) for wave, (size, late) in waves)
