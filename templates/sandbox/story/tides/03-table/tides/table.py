"""High and low waters."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tides.day import span
from tides.height import height
from tides.stations import Station

STEP = timedelta(minutes=6)


@dataclass(frozen=True)
class Water:
    kind: str
    moment: datetime
    height: float


def waters(station: Station, day: date) -> list[Water]:
    """The high and low waters of a day, the first one first."""
    moment, end = span(day, station.zone)
    found = []
    while moment < end:
        before, now, after = (height(station, moment + step) for step in (-STEP, timedelta(), STEP))
        if now > before and now >= after:
            found.append(Water("high", moment, round(now, 2)))
        if now < before and now <= after:
            found.append(Water("low", moment, round(now, 2)))
        moment += STEP
    return found
