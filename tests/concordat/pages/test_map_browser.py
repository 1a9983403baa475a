"""The first page in a real browser: map, time, table and address show the same."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any, Literal

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from actionplans.models import PlanCoverage
from areas.models import Area
from tests import factories as make
from tests.browsers import faults_of_axe
from tests.kept import Kept
from tests.services import wait_until

# In one go: change the day, and say what the page is called at once.
CHANGE_DAY = """(place) => {
  const slider = document.getElementById("slider");
  slider.value = place;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  return document.querySelector("h1").innerText;
}"""


# Keep what the page is called on each day that it comes to.
NOTE_DAYS = """() => {
  window.days = [];
  const heading = document.querySelector("h1");
  new MutationObserver(() => window.days.push(heading.innerText)).observe(heading, {
    childList: true,
    characterData: true,
    subtree: true,
  });
}"""

# Whether the top, the middle and the bottom of what has the focus are on the screen, with nothing over them.
IS_SEEN = """() => {
  const here = document.activeElement;
  const { left, top, height } = here.getClientRects()[0];
  return [2, height / 2, height - 2].every((down) =>
    here.contains(document.elementFromPoint(left + 2, top + down)));
}"""


def load_england() -> None:
    for command in ("load_areas", "load_history", "load_boundaries"):
        call_command(command, verbosity=0)


ENGLAND = Kept(load_england)


@pytest.fixture
def england(transactional_db: None) -> None:
    """The real history of 2014-15, with boundaries."""
    ENGLAND.put()


@pytest.fixture
def page(england: None, browser_page: Page) -> Iterator[Page]:
    """The map as it opens on a desk; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    browser_page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    browser_page.set_viewport_size({"width": 1280, "height": 900})
    yield browser_page
    assert complaints == []


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.locator(".national")).to_have_attribute("data-map", "ready")
    expect(page.locator("#slider")).to_be_enabled()
    return page


def fills(page: Page) -> dict[str, int]:
    """How many shapes have which fill."""
    code = """() => Object.entries(Object.groupBy(document.querySelectorAll("#map a path"),
        (path) => path.getAttribute("fill"))).map(([fill, paths]) => [fill, paths.length])"""
    return dict(page.evaluate(code))


def go_to(page: Page, day: str) -> None:
    """Moves the slider by keyboard to the day in words."""
    slider = page.locator("#slider")
    slider.press("Home")
    for _ in range(int(slider.get_attribute("max") or 0)):
        if slider.get_attribute("aria-valuetext") == day:
            return
        slider.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == day


# In one go: put the slider on a place, and say where the links that carry the day then lead.
LINKS_OF_DAY = """(place) => {
  const slider = document.getElementById("slider");
  slider.value = place;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  const to = (link) => new URL(link.href?.baseVal ?? link.href, location).search;
  const links = [...document.querySelectorAll("#areas tbody a, #map a, #panel-link, .site-nav [data-dated]")];
  return [document.getElementById("on").value, [...new Set(links.map(to))], links.length];
}"""


def test_links_lead_to_the_day_shown_from_the_moment_it_is_shown(page: Page) -> None:
    opened(page, "/?on=2014-12-31")
    page.locator("#map a[tabindex='0']").focus()
    days = set()
    for place in (0, 2, 1, 3):
        day, found, number = page.evaluate(LINKS_OF_DAY, place)
        assert found == [f"?on={day}"]
        assert number >= 2 * 151
        days.add(day)
    assert len(days) == 4


def test_every_area_is_painted_in_both_lenses(page: Page) -> None:
    opened(page, "/?on=2014-12-31")
    assert fills(page) == {"url(#signup-green)": 22, "url(#signup-amber)": 130}
    page.locator("label[for=lens-delivery]").click()
    assert fills(page) == {"url(#delivery-none)": 152}
    expect(page).to_have_url(re.compile(r"\?on=2014-12-31&lens=delivery$"))
    expect(page.locator("[data-legend=delivery]")).to_be_visible()
    expect(page.locator("[data-legend=signup]")).to_be_hidden()


def test_the_slider_moves_map_counts_heading_table_and_address(page: Page) -> None:
    opened(page, "/?on=2015-04-10")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    go_to(page, "31 December 2014")
    assert fills(page) == {"url(#signup-green)": 22, "url(#signup-amber)": 130}
    expect(page.locator("h1")).to_have_text("How every area stands on 31 December 2014")
    expect(page.locator("#signup-sentence")).to_contain_text("22 of 152 areas have published an action plan")
    expect(page.locator("[data-count='signup.amber']")).to_have_text("130")
    row = page.locator("#hertfordshire")
    expect(row).to_contain_text("Amber")
    expect(row).to_contain_text("by 31 December 2014")
    expect(page).to_have_url(re.compile(r"\?on=2014-12-31$"))
    expect(row.locator("a")).to_have_attribute("href", "/areas/hertfordshire/?on=2014-12-31")
    expect(page).to_have_title("How every area stands on 31 December 2014 – Concordat Tracker")
    expect(page.locator("#said")).to_contain_text("22 of 152 areas")
    # Chromium asks for the icon again with each new address.
    assert [url for url in asked if "/boundaries/" not in url and not url.endswith("mark.svg")] == []
    go_to(page, "10 April 2015")
    expect(row).to_contain_text("0 of 4 done, no update recorded")


def test_a_day_to_come_says_so_until_the_slider_leaves_it(page: Page) -> None:
    opened(page, "/?on=2090-01-01")
    expect(page.locator("#to-come")).to_be_visible()
    page.locator("#slider").press("Home")
    expect(page.locator("#to-come")).to_be_hidden()
    page.locator("#slider").press("End")
    expect(page.locator("h1")).to_have_text("How every area stands on 1 January 2090")
    expect(page.locator("#to-come")).to_be_visible()


def test_the_slider_says_the_same_as_the_server_on_every_day(page: Page) -> None:
    opened(page, "/")
    said: dict[str, list[str]] = {}
    slider = page.locator("#slider")
    slider.press("Home")
    for _ in range(int(slider.get_attribute("max") or 0) + 1):
        day = page.input_value("#on")
        said[day] = [page.inner_text("#signup-sentence"), page.inner_text("#delivery-sentence")]
        slider.press("ArrowRight")
    assert len(said) > 5
    for day, sentences in said.items():
        page.goto(f"/?on={day}")
        assert [page.inner_text("#signup-sentence"), page.inner_text("#delivery-sentence")] == sentences


def test_a_move_of_the_slider_shows_its_day_at_once_and_asks_for_nothing(page: Page) -> None:
    """How long it takes is measured by `make bench`."""
    opened(page, "/?on=2015-04-10")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    days = [page.evaluate(CHANGE_DAY, place) for place in (1, 3, 2, 4, 1)]
    assert days[0] == days[4]
    assert len(set(days)) == 4
    assert [address for address in asked if not address.endswith("/mark.svg")] == []  # the sign of the browser's tab


def test_reload_and_back_show_the_same(page: Page) -> None:
    opened(page, "/?on=2015-04-10")
    go_to(page, "31 December 2014")
    page.select_option("#region", "North West")
    expect(page).to_have_url(re.compile(r"\?on=2014-12-31&region=North\+West$"))
    expect(page.locator("#how-many")).to_have_text("23 of 152 areas, by your choice.")
    page.reload()
    expect(page.locator("h1")).to_have_text("How every area stands on 31 December 2014")
    expect(page.locator("#areas tbody tr:visible")).to_have_count(23)
    opened(page, page.url)
    page.goto("/accessibility/")
    page.go_back()
    expect(page.locator("h1")).to_have_text("How every area stands on 31 December 2014")
    expect(page.locator("#how-many")).to_have_text("23 of 152 areas, by your choice.")


def test_back_and_forward_lead_through_what_was_chosen(page: Page) -> None:
    opened(page, "/?on=2015-04-10")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.is_navigation_request() else None)

    def seen() -> list[object]:
        return [
            page.url.partition("?")[2],
            page.inner_text("h1"),
            page.is_checked("#lens-delivery"),
            page.input_value("#region"),
            page.locator("#areas tbody tr:visible").count(),
            page.locator("#areas tbody tr").first.inner_text(),
            page.get_attribute("#slider", "aria-valuetext"),
            fills(page),
        ]

    states = [seen()]
    choices = [
        lambda: page.locator("label[for=lens-delivery]").click(),
        lambda: page.select_option("#region", "North West"),
        lambda: page.select_option("#status", "none"),
        lambda: page.locator("th[data-sort=name] button").click(),
        lambda: [page.fill("#on", "2014-06-01"), page.keyboard.press("Enter")],
    ]
    for choose in choices:
        choose()
        states.append(seen())
    for number in range(1, 4):  # each is the same step as before, however many days the slider passes
        page.evaluate(CHANGE_DAY, number)
    page.locator("#slider").press("Home")
    page.select_option("#region", "")
    states[-1] = [*states[-1][:1], "How every area stands on 18 February 2014", *states[-1][2:]]
    for expected in reversed(states):
        page.go_back()
        expect(page.locator("h1")).to_have_text(str(expected[1]))
        assert seen()[1:6] == expected[1:6]
    assert page.url.endswith("/?on=2015-04-10")
    assert seen() == states[0]
    for expected in states[1:-1]:
        page.go_forward()
        assert seen() == expected
    assert asked == []


def test_a_day_of_the_slider_is_not_lost_to_a_link_within_the_page(page: Page) -> None:
    opened(page, "/?on=2015-04-10")
    page.evaluate("""() => {
      const slider = document.getElementById("slider");
      slider.value = 0;
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      document.querySelector("a[href='#every-area']").click();
    }""")
    expect(page).to_have_url(re.compile(r"\?on=2014-02-18#every-area$"))
    expect(page.locator("h1")).to_have_text("How every area stands on 18 February 2014")
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?on=2014-02-18$"))
    expect(page.locator("h1")).to_have_text("How every area stands on 18 February 2014")


def test_a_refused_day_is_forgotten_once_another_is_chosen(england: None, browser_page: Page) -> None:
    page = opened(browser_page, "/?on=banana&region=Wales")
    page.wait_for_timeout(700)
    assert page.title().startswith("Error: ")
    assert page.input_value("#on") == "banana"
    page.locator("#slider").press("Home")
    expect(page.locator("#on-error")).to_have_count(0)
    expect(page.locator("#on")).to_have_value("2014-02-18")
    expect(page.locator("#on")).to_have_attribute("type", "date")
    expect(page.locator("#on")).to_have_attribute("min", "2014-01-01")
    expect(page.locator(".govuk-error-summary li")).to_have_text(
        ["“Wales” is not a region of England. Choose one from the list."]
    )
    page.select_option("#region", "London")
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    expect(page).to_have_title("How every area stands on 18 February 2014 – Concordat Tracker")
    expect(page).to_have_url(re.compile(r"/\?on=2014-02-18&region=London$"))


def test_a_filter_dims_the_map_and_hides_rows_without_asking_the_server(page: Page) -> None:
    opened(page, "/?on=2014-12-31")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.select_option("#status", "green")
    expect(page.locator("#areas tbody tr:visible")).to_have_count(22)
    expect(page.locator("#map a[data-dim]")).to_have_count(130)
    # Chromium asks for the icon again with each new address.
    assert [url for url in asked if not url.endswith("mark.svg")] == []


def test_a_sorting_button_is_called_by_its_column_alone(page: Page) -> None:
    opened(page, "/?sort=-signup")
    protocol = page.context.new_cdp_session(page)
    nodes = protocol.send("Accessibility.getFullAXTree")["nodes"]
    names = [node["name"]["value"] for node in nodes if node.get("role", {}).get("value") == "button"]
    assert names[-4:] == ["Area", "Region", "Signing up", "Delivery"]
    seen = page.locator("th[data-sort=signup] .sort").evaluate(
        "(button) => getComputedStyle(button, '::after').content"
    )
    assert "▼" in seen


def test_the_way_back_to_all_areas_of_today_is_shown_where_they_are_not(page: Page) -> None:
    opened(page, "/?lens=delivery")
    link = page.get_by_role("link", name="Show all areas as they stand today")
    expect(link).to_be_hidden()
    for field, value in (("#region", "London"), ("#status", "red")):
        page.select_option(field, value)
        expect(link).to_be_visible()
        page.select_option(field, "")
        expect(link).to_be_hidden()
    page.locator("#slider").press("Home")
    expect(link).to_be_visible()


def test_columns_sort_by_button(page: Page) -> None:
    opened(page, "/?on=2014-12-31")
    head = page.locator("th[data-sort=signup]")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(page.locator("#areas tbody tr").first).to_contain_text("Green")
    expect(page).to_have_url(re.compile(r"sort=-signup$"))


def test_the_map_is_one_tab_stop_with_arrow_keys(page: Page) -> None:
    opened(page, "/?on=2014-12-31")
    expect(page.locator("#map a[tabindex='0']")).to_have_count(1)
    page.locator("#map a[aria-label^='Hertfordshire']").focus()
    page.keyboard.press("ArrowDown")
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert not name.startswith("Hertfordshire")
    expect(page.locator("#panel-name")).to_have_text(name.partition(".")[0])
    expect(page.locator("#map a[tabindex='0']")).to_have_count(1)
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith(
        "Barking and Dagenham. Signing up: amber, declaration made."
    )
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "every-area"
    page.locator("#map a[tabindex='0']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/areas/barking-and-dagenham/?on=2014-12-31")


def test_the_map_says_why_an_area_is_amber(page: Page) -> None:
    """Amber is not always a declaration alone: parts of what was promised may be published."""
    clifton = make.make_plan()
    make.make_version(plan=clifton, published_on=date(2015, 1, 5))
    area = Area.objects.get(slug="york")
    PlanCoverage.objects.create(plan=clifton, area=area, extent="part", label="Clifton")
    opened(page, "/?on=2015-04-10")
    page.locator("#map a[aria-label^='York. ']").focus()
    why = "amber, part of the area covered by a plan: Clifton"
    expect(page.locator(f"#map a[aria-label='York. Signing up: {why}. Delivery: no actions recorded']")).to_be_focused()
    expect(page.locator("#panel-signup")).to_have_text(f"Signing up: {why}")
    go_to(page, "31 December 2014")
    expect(page.locator("#map a[aria-label^='York. Signing up: amber, declaration made.']")).to_have_count(1)
    expect(page.locator("#panel-signup")).to_have_text("Signing up: amber, declaration made")


def test_london_can_be_made_large(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")  # areas do not slide away under the pointer
    opened(page, "/")
    camden = page.locator("#map a[aria-label^='Camden'] path")
    before = camden.bounding_box()
    page.get_by_role("button", name="London", exact=True).click()
    page.wait_for_function(
        "(width) => document.querySelector('#map a[aria-label^=Camden] path').getBoundingClientRect().width > width",
        arg=3 * (before or {"width": 0})["width"],
    )
    camden.hover()
    expect(page.locator("#panel-name")).to_have_text("Camden")


def test_arrow_keys_move_the_map_only_where_not_all_of_it_is_seen(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    opened(page, "/")

    def place() -> list[float]:
        """Where an area lies on the map."""
        code = """() => [document.querySelector("#map a[aria-label^='Derby.'] path"), document.getElementById("map")]
            .map((each) => each.getBoundingClientRect()).reduce((one, other) => [one.x - other.x, one.y - other.y])"""
        found: list[float] = page.evaluate(code)
        return found

    def walked() -> bool:
        """Whether walking over the map by keyboard moved it."""
        before = place()
        page.locator("#map a[aria-label^='Cornwall.']").focus()
        for key in ["ArrowUp", "ArrowRight", "ArrowLeft"] * 12 + ["Home", "End"]:
            page.keyboard.press(key)
        return max(abs(one - other) for one, other in zip(before, place(), strict=True)) > 2

    assert not walked()
    page.locator("#map").dblclick(position={"x": 20, "y": 600})  # a way of its own to make it larger
    expect(page.get_by_role("button", name="Go north")).to_be_visible()
    assert walked()
    page.get_by_role("button", name="England", exact=True).click()
    expect(page.get_by_role("button", name="Go north")).to_be_hidden()
    assert not walked()


def test_the_map_can_be_moved_without_dragging(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    opened(page, "/")
    buttons = page.locator("#zoom [data-right]")
    expect(buttons.first).to_be_hidden()  # all of England is seen: there is nowhere to go
    page.get_by_role("button", name="Zoom in").click()
    derby = page.locator("#map a[aria-label^='Derby.'] path")
    ways: list[tuple[str, Literal["x", "y"], int]] = [
        ("east", "x", -1),
        ("west", "x", 1),
        ("north", "y", 1),
        ("south", "y", -1),
    ]
    for name, axis, way in ways:
        before = derby.bounding_box()
        page.get_by_role("button", name=f"Go {name}").click()
        after = derby.bounding_box()
        assert before
        assert after
        assert (after[axis] - before[axis]) * way > 100, name
    page.get_by_role("button", name="England", exact=True).click()
    expect(buttons.first).to_be_hidden()


def test_on_a_phone_the_cards_can_be_sorted(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 600})
    opened(page, "/?on=2014-12-31")
    button = page.locator("th[data-sort=signup]").get_by_role("button")
    button.focus()
    box = button.bounding_box() or {"width": 0, "height": 0}
    assert min(box["width"], box["height"]) >= 24
    assert page.evaluate(IS_SEEN)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#areas tbody tr").first).to_contain_text("Green")


def test_no_area_hides_behind_the_head_of_the_table_on_the_way_up(page: Page) -> None:
    opened(page, "/?on=2014-12-31")
    page.locator("#areas tbody a").last.focus()
    hidden = []
    for _ in range(100):
        page.keyboard.press("Shift+Tab")
        if not page.evaluate(IS_SEEN):
            hidden.append(page.evaluate("document.activeElement.textContent"))
    assert hidden == []


def test_play_goes_through_the_days_and_stops(page: Page) -> None:
    opened(page, "/")
    page.evaluate(NOTE_DAYS)
    page.locator("#play").click()
    expect(page.locator("#play")).to_have_text("Pause")
    wait_until(lambda: page.evaluate("window.days.length") > 1, "the second day")
    page.locator("#play").click()
    expect(page.locator("#play")).to_have_text("Play")
    first, second, *_ = page.evaluate("window.days")
    assert first == "How every area stands on 18 February 2014"
    assert second != first


def test_the_page_is_whole_where_the_boundaries_cannot_be_had(england: None, browser_page: Page) -> None:
    browser_page.route("**/boundaries/**", lambda route: route.abort())
    browser_page.goto("/?on=2014-12-31")
    expect(browser_page.locator("#picture")).to_be_visible()
    expect(browser_page.locator("#map")).to_be_hidden()
    expect(browser_page.locator("#areas tbody tr:visible")).to_have_count(152)


def test_the_page_is_whole_where_leaflet_cannot_be_had(england: None, browser_page: Page, live_server: Any) -> None:
    assert browser_page.context.browser
    context = browser_page.context.browser.new_context(base_url=live_server.url)  # errors are meant in this one
    page = context.new_page()
    page.route("**/leaflet.js", lambda route: route.abort())
    page.goto("/?on=2014-12-31")
    expect(page.locator("#picture")).to_be_visible()
    expect(page.locator("#areas tbody tr:visible")).to_have_count(152)
    context.close()


def picture_of(page: Page, day: str, lens: str) -> None:
    """Expects that picture and link are those of the day and the lens."""
    expect(page.locator("#picture")).to_have_attribute("src", f"/map.svg?on={day}&lens={lens}")
    expect(page.locator("#picture-link")).to_have_attribute("href", f"/map.svg?on={day}&lens={lens}")


def test_on_paper_the_first_sheet_has_day_address_map_and_key(page: Page) -> None:
    opened(page, "/?on=2090-01-01&lens=delivery")  # with all that may be said above the map
    expect(page.locator("#to-come")).to_be_visible()
    expect(page.locator("#records")).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 1020})  # A4 within its margins
    told = page.inner_text("#on-paper")
    assert told.startswith("As it stood on 1 January 2090. Concordat Tracker, http")
    assert told.endswith("/?on=2090-01-01&lens=delivery")
    places = {name: page.locator(name).bounding_box() for name in ("#on-paper", "h1", "#map", ".atlas__key", ".atlas")}
    tops = [box["y"] for box in places.values() if box]
    assert tops[:3] == sorted(tops[:3])
    key, whole = places[".atlas__key"], places[".atlas"]
    assert key
    assert whole
    assert whole["y"] + whole["height"] < 1020
    assert key["x"] + key["width"] <= 700
    heads = page.locator("#areas thead th")
    assert heads.all_inner_texts() == ["Area", "Region", "Signing up", "Since", "Delivery"]
    expect(page.locator(".sort:visible")).to_have_count(0)
    assert page.locator("#every-area").evaluate("(head) => getComputedStyle(head).breakBefore") == "page"
    edges = "(all) => all.every((tag) => parseFloat(getComputedStyle(tag).borderTopWidth) > 0)"
    assert page.locator("#areas .status").evaluate_all(edges)
    inside = "(all) => all.every((tag) => tag.offsetWidth <= tag.closest('td').clientWidth && tag.offsetHeight < 24)"
    assert page.locator("#areas .status").evaluate_all(inside)
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("#map").get_attribute("style") is None
    page.emulate_media(media="screen")
    go_to(page, "31 December 2014")
    page.emulate_media(media="print")
    told = page.inner_text("#on-paper")
    assert told.startswith("As it stood on 31 December 2014. Concordat Tracker, http")
    assert told.endswith("/?on=2014-12-31&lens=delivery")


def test_without_history_the_map_still_works(england: None, browser_page: Page) -> None:
    page = browser_page
    page.route("**/api/v1/history", lambda route: route.fulfill(status=500))
    page.goto("/?on=2014-12-31")
    expect(page.locator("#days-missing")).to_be_visible()
    expect(page.locator(".national")).to_have_attribute("data-map", "ready")
    expect(page.locator("#picture")).to_be_hidden()
    expect(page.locator("#slider")).to_be_disabled()
    expect(page.locator("#play")).to_be_disabled()
    page.locator("label[for=lens-delivery]").click()
    assert fills(page) == {"url(#delivery-none)": 152}
    picture_of(page, "2014-12-31", "delivery")
    page.unroute("**/api/v1/history")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#slider")).to_be_enabled()
    expect(page.locator("#days-missing")).to_be_hidden()


def test_a_file_of_boundaries_that_fails_once_is_asked_for_again(england: None, browser_page: Page) -> None:
    page = opened(browser_page, "/?on=2026-01-01")
    page.route("**/boundaries/**", lambda route: route.fulfill(status=503))
    page.hover("#days")  # looks ahead: none of it comes, and nothing of it is needed yet
    page.wait_for_load_state("networkidle")
    expect(page.locator(".national")).to_have_attribute("data-map", "ready")
    go_to(page, "31 December 2014")
    expect(page.locator("#picture")).to_be_visible()
    expect(page.locator("h1")).to_have_text("How every area stands on 31 December 2014")
    picture_of(page, "2014-12-31", "signup")
    page.locator("label[for=lens-delivery]").click()
    picture_of(page, "2014-12-31", "delivery")
    page.unroute("**/boundaries/**")
    page.locator("#slider").press("ArrowRight")
    expect(page.locator(".national")).to_have_attribute("data-map", "ready")
    expect(page.locator("#map a path")).to_have_count(152)
    assert sum(fills(page).values()) == 152
    expect(page.locator("#picture")).to_be_hidden()


def test_a_first_file_of_boundaries_that_fails_is_asked_for_again(england: None, browser_page: Page) -> None:
    page = browser_page
    page.route("**/boundaries/**", lambda route: route.abort())
    page.goto("/?on=2014-12-31")
    expect(page.locator("#slider")).to_be_enabled()
    expect(page.locator("#picture")).to_be_visible()
    page.unroute("**/boundaries/**")
    page.set_viewport_size({"width": 700, "height": 900})
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#map a path")).to_have_count(152)
    # As large as its place on the page, though that had another size, and then none, when the page opened.
    inside, whole = page.locator("#map a[aria-label^='Northumberland.'] path"), page.locator("#map")
    shape, place = inside.bounding_box(), whole.bounding_box()
    assert shape
    assert place
    assert place["y"] <= shape["y"] <= place["y"] + 20


@pytest.mark.slow
@pytest.mark.parametrize("lens", ["signup", "delivery"])
def test_no_accessibility_fault_and_no_sideways_scrolling(page: Page, lens: str) -> None:
    for scheme, width in product(("light", "dark"), (1280, 320)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 800})
        opened(page, f"/?on=2015-04-10&lens={lens}")
        found = faults_of_axe(page)
        assert [(scheme, width, fault["id"], fault["nodes"][0]["html"]) for fault in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_day_can_be_changed_by_keyboard_alone(page: Page) -> None:
    opened(page, "/?on=2015-04-10")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "lens"
    page.fill("#on", "2014-12-31")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/\?on=2014-12-31#main$"))
    assert page.inner_text("h1") == "How every area stands on 31 December 2014"
    page.fill("#on", "2090-01-01")  # a day that only the server knows
    page.keyboard.press("Enter")
    page.wait_for_url("**/?lens=signup&**on=2090-01-01**")
    assert page.inner_text("h1") == "How every area stands on 1 January 2090"
