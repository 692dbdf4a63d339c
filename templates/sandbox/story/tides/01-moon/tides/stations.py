"""Where our gauges stand, and what they have told us."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Station:
    name: str
    zone: str
    # Metres.
    mean: float
    # Metres, and degrees at the start of 2026 in UTC, by constituent.
    waves: dict[str, tuple[float, float]]


STATIONS = {
    "sandholm": Station(
        name="Sandholm",
        zone="Europe/Dublin",
        mean=2.1,
        waves={"M2": (1.42, 118.0), "S2": (0.46, 152.5), "N2": (0.28, 97.0), "K1": (0.09, 171.0), "O1": (0.07, 22.5)},
    ),
}
