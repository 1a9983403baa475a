"""What a first and a second visit to the first page cost a browser on a slow phone and a slow line; and its slider."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import browsers, services
from tests.bench.pages import server

# Four times slowed, 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back: what the trade calls slow 4G.
SLOWED = 4
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
LARGEST_PAINT = """() => new Promise((tell) => {
  new PerformanceObserver((list) => tell(list.getEntries().at(-1).startTime))
    .observe({type: "largest-contentful-paint", buffered: true});
})"""
# Moves the slider to every day that it knows; each time until the next frame could be painted, in milliseconds.
SLIDE = """async () => {
  const slider = document.getElementById("slider");
  const took = [];
  for (let place = 0; place <= Number(slider.max); place += 1) {
    const began = performance.now();
    slider.value = place;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    document.body.getBoundingClientRect();
    took.push(performance.now() - began);
    await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
  }
  return took;
}"""


@dataclass(frozen=True, slots=True)
class Visit:
    """Bytes as they travel, headers included; the largest paint in seconds after the address was asked for.

    Of the slider: until the map shows another day, laid out, in milliseconds, on a desk's processor; the slowest day.
    """

    first_bytes: int
    boundary_bytes: int
    second_bytes: int
    largest_paint_seconds: float
    slider_milliseconds: float


def measure_visit(folder: Path) -> Visit | None:
    """Visit the first page twice, on the database of the environment; None where there is no Chromium."""
    if not browsers.found():
        return None
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(collect, cwd=services.ROOT, check=True)
    with server(folder, "concordat.settings") as port, browsers.chromium() as browser:
        return _visit(browser, f"http://localhost:{port}")


def _visit(browser: browsers.Browser, base: str) -> Visit:
    with browser.page(base) as page:
        page.goto("/healthz")
        protocol = page.context.new_cdp_session(page)
        arrived: list[tuple[str, int]] = []
        addresses: dict[str, str] = {}

        def asked(event: Any) -> None:
            addresses[event["requestId"]] = event["request"]["url"]

        def finished(event: Any) -> None:
            arrived.append((addresses.get(event["requestId"], ""), event["encodedDataLength"]))

        protocol.on("Network.requestWillBeSent", asked)
        protocol.on("Network.loadingFinished", finished)
        protocol.send("Network.enable")
        protocol.send("Network.emulateNetworkConditions", LINE)
        protocol.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        page.goto("/", wait_until="networkidle")
        paint = page.evaluate(LARGEST_PAINT)
        first = list(arrived)
        arrived.clear()
        page.goto("/", wait_until="networkidle")
        second = list(arrived)
        protocol.send("Network.emulateNetworkConditions", LINE | {"latency": 0, "downloadThroughput": -1})
        protocol.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        page.hover("#days")  # all shapes are then loaded ahead
        page.wait_for_load_state("networkidle")
        return Visit(
            first_bytes=sum(size for _, size in first),
            boundary_bytes=sum(size for address, size in first if "/boundaries/" in address),
            second_bytes=sum(size for _, size in second),
            largest_paint_seconds=paint / 1000,
            slider_milliseconds=max(page.evaluate(SLIDE)),
        )
