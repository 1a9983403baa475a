"""Every type of page in a real browser: no accessibility fault, no error, nothing foreign, right when narrow."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import faults_of_axe
from tests.kept import Kept
from tests.site.places import busy_country, every_type

pytestmark = [pytest.mark.slow]
AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def load() -> dict[str, str]:
    busy_country()
    return every_type()


COUNTRY = Kept(load)


@pytest.fixture
def places(transactional_db: None) -> dict[str, str]:
    return COUNTRY.put()


@pytest.fixture
def told(browser_page: Page, live_server: Any) -> list[str]:
    """What the browser complains of: errors on its console (CSP violations too), requests to another host."""
    complaints: list[str] = []

    def requested(request: Any) -> None:
        if not request.url.startswith(live_server.url):
            complaints.append(f"asked for {request.url}")

    def said(message: Any) -> None:
        # A page that says what is wrong has 400 or 404, which the console calls an error.
        if message.type in ("error", "warning") and "the server responded with a status of 40" not in message.text:
            complaints.append(f"{browser_page.url}: {message.text}")

    browser_page.on("request", requested)
    browser_page.on("console", said)
    return complaints


def settle(page: Page) -> None:
    """Until all is loaded, and the map is drawn and can be used: what waits for its script is pale until then."""
    page.wait_for_load_state()
    expect(page.locator(".national:not([data-map=ready])")).to_have_count(0)
    expect(page.locator("#play:disabled")).to_have_count(0)


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_no_fault_on_any_type_of_page(
    places: dict[str, str], browser_page: Page, told: list[str], scheme: str, width: int
) -> None:
    browser_page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    browser_page.set_viewport_size({"width": width, "height": 900})
    faults: list[str] = []
    for name, address in places.items():
        browser_page.goto(address)
        settle(browser_page)
        found = faults_of_axe(browser_page, AA)
        faults += [f"{name}: {fault['id']} {node['html'][:160]}" for fault in found for node in fault["nodes"][:2]]
        across = browser_page.evaluate("document.documentElement.scrollWidth")
        if across > width:
            faults.append(f"{name}: {across} pixels wide")
        if browser_page.locator("h1").count() != 1:
            faults.append(f"{name}: not one h1")
    assert faults + told == []


def test_every_type_of_page_keeps_its_words_with_a_readers_own_spacing(
    places: dict[str, str], browser_page: Page, live_server: Any
) -> None:
    """1.4.12 of WCAG on the narrowest screen: nothing sticks out of the page or of its own box."""
    browser = browser_page.context.browser
    assert browser
    # The style is that of the reader's browser, so the rules of the page for its own styles do not hold for it.
    context = browser.new_context(base_url=live_server.url, bypass_csp=True, viewport={"width": 320, "height": 900})
    page = context.new_page()
    out = []
    for name, address in places.items():
        page.goto(address)
        settle(page)
        page.add_style_tag(content=SPACING)
        out += [f"{name}: {each}" for each in page.evaluate(STICKING_OUT)]
    context.close()
    assert out == []


def test_every_type_of_page_is_complete_without_javascript(
    places: dict[str, str], browser_page: Page, live_server: Any
) -> None:
    browser = browser_page.context.browser
    assert browser
    plain = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = plain.new_page()
    missing = []
    for name, address in places.items():
        page.goto(address)
        text = page.inner_text("body")
        if "116 123" not in text or not page.inner_text("h1").strip():
            missing.append(name)
        hidden = page.locator("main .needs-script:visible").count()
        if hidden:
            missing.append(f"{name}: shows what needs JavaScript")
    page.goto("/")
    assert page.locator("img[src*='/map.svg']").evaluate_all("all => all.length") >= 1
    assert page.locator("tbody tr:visible").count() > 150
    plain.close()
    assert missing == []


def test_every_control_can_be_reached_by_keyboard_and_shows_that_it_is(
    places: dict[str, str], browser_page: Page
) -> None:
    """Tab from the top to the bottom of each page: focus moves on, is never trapped, and is visible."""
    wrong = []
    for name, address in places.items():
        browser_page.goto(address)
        settle(browser_page)
        wanted = browser_page.evaluate(TABBABLE)
        reached = set()
        browser_page.focus(".govuk-skip-link")  # the first stop; a page with errors begins at their summary
        for _ in range(2 * len(wanted) + 10):  # some controls have several stops inside: a date has four
            here = browser_page.evaluate(FOCUSED)
            if here is None:
                break
            if not here["visible"]:
                wrong.append(f"{name}: focus is not to be seen on {here['html']}")
            reached.add(here["number"])
            browser_page.keyboard.press("Tab")
        if missed := set(range(len(wanted))) - reached:
            wrong.append(f"{name}: {[wanted[each] for each in sorted(missed)][:3]} cannot be reached")
    assert wrong == []


SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""
STICKING_OUT = """() => {
  const wide = document.documentElement.scrollWidth > innerWidth ? ["the page"] : [];
  const all = [...document.querySelectorAll("h1, h2, h3, p, .status, a")]
    .filter((each) => each.checkVisibility() && !each.closest("svg, .govuk-skip-link, .govuk-visually-hidden"));
  return wide.concat(all.filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth)
    .map((each) => each.outerHTML.slice(0, 120)));
}"""
TABBABLE = """() => {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter((each) => each.tabIndex >= 0 && !each.disabled && each.type !== "hidden"
      && each.checkVisibility({visibilityProperty: true}));
  const radios = new Set();
  const stops = all.filter((each) => {
    if (each.type !== "radio") return true;
    const group = [...document.getElementsByName(each.name)];
    const stop = group.find((one) => one.checked) ?? group[0];
    if (radios.has(each.name)) return false;
    radios.add(each.name);
    return Boolean(stop);
  });
  stops.forEach((each, number) => { each.dataset.stop = number; });
  document.querySelectorAll('input[type="radio"]').forEach((each) => {
    const marked = [...document.getElementsByName(each.name)].find((one) => one.dataset.stop);
    if (marked) each.dataset.stop = marked.dataset.stop;
  });
  return stops.map((each) => each.outerHTML.slice(0, 120));
}"""
FOCUSED = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const style = getComputedStyle(here);
  const near = here.labels?.[0] ? getComputedStyle(here.labels[0], "::before") : style;
  const shown = (each) => (each.outlineStyle !== "none" && parseFloat(each.outlineWidth) > 0)
    || each.boxShadow !== "none";
  const visible = shown(style) || shown(near);
  return {number: Number(here.dataset.stop ?? -1), html: here.outerHTML.slice(0, 120), visible};
}"""
