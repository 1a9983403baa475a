"""Makes the pictures in README anew: `python -m tests.screenshots` (`make screenshots`). Needs Chromium.

The map is that of the real history, everything else of a demonstration country; always of the same days.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests import browsers
from tests.bench.databases import on_sqlite
from tests.bench.pages import server
from tests.services import ROOT

PICTURES = ROOT / "docs" / "screenshots"
DAY = "2026-11-01"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: which page, in a window of what size, in which scheme, from which heading on."""

    name: str
    address: str
    width: int = 1280
    height: int = 1000
    scheme: str = "light"
    top: str = ""


HISTORY = [Shot("map", "/?on=2014-12-31")]
DEMONSTRATION = [
    Shot("delivery", f"/?on={DAY}&lens=delivery", scheme="dark", top="#heading"),
    Shot("area", f"/areas/hertfordshire/?on={DAY}", height=1100),
    Shot("phone", f"/areas/hertfordshire/?on={DAY}", width=320, height=1000, top="h1"),
]


def take(loads: Sequence[Sequence[str]], shots: Sequence[Shot], *, demo: bool) -> None:
    """Fill a database of its own with these commands and take the pictures of its pages."""
    with tempfile.TemporaryDirectory(prefix="screenshots-") as name, on_sqlite(Path(name), "pictures") as address:
        os.environ |= {
            "CONCORDAT_MODE": "embedded",
            "CONCORDAT_DEMO": "yes" if demo else "no",
            "CONCORDAT_VAR": name,
            "DATABASE_URL": address,
            "SECRET_KEY": "only for pictures",
            "SITE_URL": "https://tracker.example",
        }
        for command in (["migrate"], ["load_areas"], ["load_boundaries"], *loads, ["collectstatic", "--no-input"]):
            subprocess.run([sys.executable, "manage.py", *command, "--verbosity", "0"], cwd=ROOT, check=True)
        with server(Path(name), "concordat.settings") as port, browsers.chromium() as browser:
            for shot in shots:
                _take(browser, f"http://localhost:{port}", shot)


def _take(browser: browsers.Browser, base: str, shot: Shot) -> None:
    with browser.page(base) as page:
        page.emulate_media(color_scheme="dark" if shot.scheme == "dark" else "light", reduced_motion="reduce")
        page.set_viewport_size({"width": shot.width, "height": shot.height})
        page.goto(shot.address, wait_until="networkidle")
        if shot.top:
            page.locator(shot.top).evaluate("(place) => scrollTo(0, place.offsetTop - 24)")
        page.screenshot(path=PICTURES / f"{shot.name}.png")
        print(f"docs/screenshots/{shot.name}.png", flush=True)


def main() -> None:
    """Take all of them."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    take([["load_history"]], HISTORY, demo=False)
    demo = ["load_demo", "--partnerships", "60", "--actions", "24", "--seed", "2026", "--on", DAY]
    take([demo], DEMONSTRATION, demo=True)


if __name__ == "__main__":
    main()
