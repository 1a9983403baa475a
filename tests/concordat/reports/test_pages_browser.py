"""Reports in a real browser: no accessibility fault, no complaint, nothing wider than the screen; what paper shows."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from concordat.kernel.dates import today
from tests import factories as make
from tests.browsers import faults_of_axe
from tests.concordat.reports.formats.documents import text_of
from tests.concordat.reports.test_html import REPORTS
from tests.concordat.reports.world import make_world
from tests.concordat.workspace.conftest import Place, make_place
from tests.concordat.workspace.test_lagging_browser import AA, sign_in

pytestmark = [pytest.mark.slow]


@pytest.fixture(autouse=True)
def _today() -> None:
    """The browser goes by the real time, and so do its sessions."""


@pytest.fixture
def place(transactional_db: None) -> Place:
    make_world(3, today())
    return make_place()


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_no_fault_on_any_of_them(place: Place, browser_page: Page, live_server: Any, scheme: Any, width: int) -> None:
    faults: list[str] = []
    browser_page.on("console", lambda said: faults.append(said.text) if "status of 400" not in said.text else None)
    browser_page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    browser_page.set_viewport_size({"width": width, "height": 900})
    sign_in(browser_page, live_server.url, place, "administrator")
    for name, address in REPORTS.items():
        browser_page.goto(address)
        found = faults_of_axe(browser_page, AA)
        faults += [f"{name}: {fault['id']} {node['html'][:160]}" for fault in found for node in fault["nodes"][:2]]
        across = browser_page.evaluate("document.documentElement.scrollWidth")
        faults += [f"{name}: {across} pixels wide"] * (across > width)
    assert faults == []


def test_in_the_dark_a_picture_has_other_colours_and_the_same_words(
    place: Place, browser_page: Page, live_server: Any
) -> None:
    sign_in(browser_page, live_server.url, place, "administrator")
    seen = {}
    for scheme in ("light", "dark"):
        browser_page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        browser_page.goto("/reports/history.html")
        seen[scheme] = browser_page.evaluate(LOOK)
    assert seen["light"]["texts"] == seen["dark"]["texts"]
    assert seen["light"]["ink"] != seen["dark"]["ink"]
    assert seen["light"]["ground"] != seen["dark"]["ground"]


def test_paper_has_the_answer_and_not_the_form(
    place: Place, browser_page: Page, live_server: Any, tmp_path: Path
) -> None:
    make.make_area(name="Northshire on paper")
    sign_in(browser_page, live_server.url, place, "administrator")
    browser_page.goto("/reports/national.html?on=2026-10-01")
    text = text_of(browser_page.pdf(format="A4"), tmp_path)
    assert "National status return on 1 October 2026" in text
    assert "/reports/national.html?on=2026-10-01" in text.replace(" ", "")  # it may take two lines
    assert "Northshire on paper" in text
    assert "Signing up: Red" in text
    assert "What is made for paper is its PDF" in text
    assert "have it made regularly" not in text
    assert "Region Areas Red Amber Green" in text  # a table of numbers stays one
    assert "All regions" not in text
    assert "Take it with you" not in text


def test_a_table_of_numbers_fits_and_of_a_wider_one_the_name_and_its_heading_stay(
    place: Place, browser_page: Page, live_server: Any
) -> None:
    browser_page.set_viewport_size({"width": 1280, "height": 900})
    browser_page.emulate_media(color_scheme="light")
    sign_in(browser_page, live_server.url, place, "administrator")
    browser_page.goto("/reports/national.html")
    regions, areas = (browser_page.locator(f"#{key} .report-across") for key in ("regions", "areas"))
    assert regions.evaluate("it => it.scrollWidth - it.clientWidth") <= 0
    assert areas.evaluate("it => it.scrollWidth - it.clientWidth") > 0
    areas.focus()
    browser_page.keyboard.press("ArrowRight")  # moved by keys: the ring is shown
    ring = areas.evaluate("it => [getComputedStyle(it).outlineWidth, getComputedStyle(it).boxShadow]")
    assert ring == ["3px", "rgb(11, 12, 12) 0px 0px 0px 5px"]
    areas.evaluate("it => { it.scrollLeft = 900; }")
    edge = areas.bounding_box()
    for name in ("thead .report-corner", "tbody tr:first-child th[scope=row]"):
        box = areas.locator(name).bounding_box()
        assert box is not None
        assert edge is not None
        assert abs(box["x"] - edge["x"]) < 1, name


LOOK = """() => {
  const chart = document.querySelector(".chart");
  return {
    texts: [...chart.querySelectorAll("text")].map((each) => each.textContent),
    ink: getComputedStyle(chart.querySelector("text")).fill,
    ground: getComputedStyle(chart.querySelector(".chart__ground")).fill,
  };
}"""
