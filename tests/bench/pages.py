"""How many requests a second a web server answers: pages that are kept, beside a view that gives the same bytes."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from concordat import embedded
from tests import services

ROUNDS, REQUESTS, COLD_DAYS = 7, 150, 9
HEADERS = {"Accept-Encoding": "br"}
START_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Pages:
    """Requests a second of one client, medians of rounds taken in turn; and seconds of a page not asked for before."""

    constant: float
    front: float
    area: float
    status: float
    known: float
    cold_first_seconds: float
    cold_seconds: float


class Client:
    """A browser that keeps its connection until it is closed."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.close = self.connection.close

    def get(self, address: str, headers: Mapping[str, str] = HEADERS) -> tuple[http.client.HTTPResponse, bytes]:
        """Ask and read it all.

        Raises AssertionError for anything but a full answer or a 304.
        """
        self.connection.request("GET", address, headers=dict(headers))
        response = self.connection.getresponse()
        body = response.read()
        assert response.status in (200, 304), (address, response.status, body[:200])
        return response, body

    def rate(self, address: str, headers: Mapping[str, str] = HEADERS) -> float:
        """Requests a second."""
        begun = time.perf_counter()
        for _ in range(REQUESTS):
            self.get(address, headers)
        return REQUESTS / (time.perf_counter() - begun)

    def seconds(self, address: str) -> float:
        """How long one answer takes."""
        begun = time.perf_counter()
        self.get(address)
        return time.perf_counter() - begun


def measure_pages(folder: Path, area: str, on: date) -> Pages:
    """Measure the pages of the database of the environment on a web server of its own.

    `area` is the slug of the area asked for, `on` a day with facts; `folder` is CONCORDAT_VAR.
    """
    with server(folder, "tests.bench.settings") as port, closing(Client(port)) as client:
        first = client.seconds("/")
        days = [on - timedelta(days=number) for number in range(COLD_DAYS)]
        cold = median(client.seconds(f"/?on={day}") for day in days)
        response, body = client.get("/")
        (folder / "constant").write_bytes(body)
        known = HEADERS | {"If-None-Match": response.headers["ETag"]}
        asked = {
            "constant": ("/constant", HEADERS),
            "front": ("/", HEADERS),
            "area": (f"/areas/{area}/", HEADERS),
            "status": ("/api/v1/status", HEADERS),
            "known": ("/", known),
        }
        for what in asked.values():
            client.get(*what)
        rounds = [{name: client.rate(*what) for name, what in asked.items()} for _ in range(ROUNDS)]
    return Pages(
        **{name: median(each[name] for each in rounds) for name in asked}, cold_first_seconds=first, cold_seconds=cold
    )


@contextmanager
def server(folder: Path, settings: str) -> Iterator[int]:
    """The product's web server with one process, on this database and a cache of its own; gives its port."""
    url, port = embedded.new_url(), embedded.free_port()
    environment = os.environ | {
        "REDIS_URL": url,
        "DJANGO_SETTINGS_MODULE": settings,
        "LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "gunicorn", "concordat.wsgi", "--bind", f"127.0.0.1:{port}"]
    options = ["--workers", "1", "--threads", "2", "--log-level", "error", "--no-control-socket", "--timeout", "120"]
    with services.redis_at(url, folder / "redis"):
        server = subprocess.Popen([*command, *options], env=environment, cwd=services.ROOT)
        try:
            _wait_for(port)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait_for(port: int) -> None:
    ends = time.monotonic() + START_SECONDS
    while True:
        try:
            with closing(Client(port)) as client:
                client.get("/healthz")
            return
        except OSError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.1)
