import unittest
from datetime import datetime, timedelta, timezone

from tides.height import height
from tides.stations import STATIONS

START = datetime(2026, 3, 1, tzinfo=timezone.utc)


class HeightTest(unittest.TestCase):
    def test_stays_between_what_the_gauge_has_ever_shown(self):
        heights = [height(STATIONS["sandholm"], START + timedelta(hours=hour)) for hour in range(24 * 28)]
        self.assertGreater(min(heights), 0)
        self.assertLess(max(heights), 4.8)

    def test_is_nearly_the_same_after_one_turn_of_the_moon(self):
        station = STATIONS["sandholm"]
        turn = timedelta(hours=12.42)
        self.assertAlmostEqual(height(station, START), height(station, START + turn), delta=0.4)

    def test_no_station_falls_below_chart_datum(self):
        for station in STATIONS.values():
            self.assertGreater(station.mean, sum(size for size, _ in station.waves.values()) - 0.001)


if __name__ == "__main__":
    unittest.main()
