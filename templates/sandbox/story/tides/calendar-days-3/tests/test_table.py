import unittest
from datetime import date

from tides.stations import STATIONS
from tides.table import waters


class TableTest(unittest.TestCase):
    def test_high_and_low_take_turns(self):
        kinds = [water.kind for water in waters(STATIONS["sandholm"], date(2026, 4, 17))]
        self.assertIn(len(kinds), (3, 4))
        for one, next_one in zip(kinds, kinds[1:]):
            self.assertNotEqual(one, next_one)

    def test_shows_the_fifth_water_of_a_long_day(self):
        found = waters(STATIONS["sandholm"], date(2026, 10, 25))
        self.assertEqual([water.kind for water in found], ["low", "high", "low", "high", "low"])


if __name__ == "__main__":
    unittest.main()
