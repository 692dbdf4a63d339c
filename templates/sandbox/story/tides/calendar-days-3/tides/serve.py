"""
Answers `GET /sandholm/2026-04-17` with the waters of that day.

Times carry their offset: on the day when the clocks go back one hour comes twice, and only the offset tells which it is.
"""

import json
from dataclasses import asdict
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from zoneinfo import ZoneInfo

from tides.stations import STATIONS
from tides.table import waters


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        try:
            _, name, day = self.path.split("/")
            station, wanted = STATIONS[name], date.fromisoformat(day)
        except (KeyError, ValueError):
            return self.answer(404, {"error": "ask for a station and a day, as in /sandholm/2026-04-17"})
        zone = ZoneInfo(station.zone)
        found = [asdict(water) | {"moment": water.moment.astimezone(zone).isoformat()} for water in waters(station, wanted)]
        self.answer(200, {"station": station.name, "day": day, "waters": found})

    def answer(self, status: int, body: dict) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", 8080), Handler).serve_forever()
