import unittest
from datetime import date, timedelta

from tides.day import span


class DayTest(unittest.TestCase):
    def test_lasts_as_long_as_the_calendar_says(self):
        for day, hours in ((date(2026, 3, 29), 23), (date(2026, 7, 1), 24), (date(2026, 10, 25), 25)):
            start, end = span(day, "Europe/Dublin")
            self.assertEqual(end - start, timedelta(hours=hours))

    def test_ends_where_the_next_one_begins(self):
        _, end = span(date(2026, 10, 25), "Europe/Dublin")
        start, _ = span(date(2026, 10, 26), "Europe/Dublin")
        self.assertEqual(end, start)


if __name__ == "__main__":
    unittest.main()
