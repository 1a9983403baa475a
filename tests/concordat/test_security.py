"""What every answer tells browsers to refuse, that the pages live by it, and how static files are sent."""

import re
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.core.management import call_command
from django.templatetags.static import static
from django.test import Client, override_settings
from playwright.sync_api import ConsoleMessage, Page

from tests import factories as make
from tests.admin_pages import address, row_address
from tests.sign_in import PASSWORD, code_now, make_account

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "object-src 'none'",
    "manifest-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/nowhere", "/admin/login/", "/map.svg?on=never", "/healthz"])
def test_every_answer_carries_the_strict_policy(client: Client, path: str) -> None:
    answer = client.get(path)
    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def test_no_powerful_feature_is_left_on(client: Client) -> None:
    policy = client.get("/healthz")["Permissions-Policy"]
    features = dict(part.split("=") for part in policy.split(", "))
    passkeys = {"publickey-credentials-create", "publickey-credentials-get"}
    assert {features.pop(name) for name in passkeys} == {"(self)"}
    assert set(features.values()) == {"()"}
    assert {"camera", "geolocation", "microphone", "payment", "usb", "browsing-topics"} <= features.keys()


@pytest.mark.django_db
def test_other_sites_may_show_the_map_and_load_nothing_else(client: Client) -> None:
    make.make_programme()
    policies = [client.get(path)["Cross-Origin-Resource-Policy"] for path in ("/map.svg", "/", "/nowhere")]
    assert policies == ["cross-origin", "same-origin", "same-origin"]


def test_the_icon_that_browsers_ask_for_by_themselves_is_there(client: Client) -> None:
    assert client.get("/favicon.ico").headers["Location"] == static("mark.svg")


@pytest.fixture
def complaints(browser_page: Page) -> list[str]:
    """Everything that the browser complains of: what a policy stopped, errors and warnings."""
    said: list[str] = []

    def listen(told: ConsoleMessage) -> None:
        # Where a page names no icon, Chromium asks for one that nobody promised.
        if told.type in ("error", "warning") and not told.location["url"].endswith("/favicon.ico"):
            said.append(told.text)

    browser_page.on("console", listen)
    return said


def sign_in(page: Page) -> None:
    make_account(
        name="Ada Administrator", email="ada@example.org", is_staff=True, is_superuser=True, second_factor=True
    )
    page.goto("/admin/")
    page.fill("#id_login", "ada@example.org")
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.fill("#id_code", code_now())
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/admin/")


def test_the_admin_works_under_the_same_policy(browser_page: Page, complaints: list[str]) -> None:
    partnership = make.make_partnership(name="Northshire partnership", areas=[make.make_area()])
    section, change = make.make_section(), make.make_change()
    sign_in(browser_page)
    for url in (
        "/admin/",
        "/admin/signatories/",
        address(type(partnership)),
        f"{address(type(partnership))}?q=north",
        address(type(section), "add"),
        row_address(partnership),
        row_address(partnership, "history"),
        row_address(change),
        "/admin/password_change/",
        "/admin/jsi18n/",
    ):
        answer = browser_page.goto(url)
        assert answer is not None
        assert answer.status == 200, url
        assert complaints == [], url


def test_boxes_that_search_and_pick_days_work_under_the_policy(browser_page: Page, complaints: list[str]) -> None:
    make.make_partnership(name="Northshire partnership")
    statement = make.make_statement()
    sign_in(browser_page)
    browser_page.goto(row_address(statement))
    browser_page.locator(".select2-selection").first.click()
    browser_page.locator(".select2-results__option:not(.loading-results)").first.wait_for()
    browser_page.keyboard.press("Escape")
    browser_page.locator(".datetimeshortcuts a").nth(1).click()
    browser_page.locator(".calendarbox").first.wait_for()
    assert complaints == []


@pytest.mark.parametrize("lens", ["signup", "delivery"])
def test_the_map_opened_by_itself_lives_by_the_policy(browser_page: Page, complaints: list[str], lens: str) -> None:
    make.make_programme()
    make.make_boundary(epoch=make.make_epoch(from_on=make.DAY.replace(year=2014)))
    browser_page.goto(f"/map.svg?lens={lens}&on=2016-01-01")
    painted = browser_page.locator("[data-status]").first.evaluate("path => getComputedStyle(path).fill")
    assert painted.startswith("url(")
    assert complaints == []


@pytest.mark.slow
def test_static_files_are_sent_small_and_stay_for_ever(tmp_path: Path, settings: Any) -> None:
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": "concordat.static_files.HashedFiles"}}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
        (style,) = (
            file.name for file in tmp_path.glob("concordat.*.css") if re.fullmatch(r"\S+\.\w{12}\.css", file.name)
        )
        answer = Client().get(f"/static/{style}", headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
        body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert answer["Content-Encoding"] == "br"
    assert brotli.decompress(body) == (tmp_path / style).read_bytes()
    assert answer["Cache-Control"] == "max-age=315360000, public, immutable"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer
    for module in tmp_path.glob("js/*.????????????.js"):
        imported = re.findall(r'from "\./([^"]+)"', module.read_text(encoding="utf-8"))
        assert all(re.fullmatch(r"[\w-]+\.[0-9a-f]{12}\.js", name) for name in imported), module
