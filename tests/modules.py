"""Runs the pure modules of the pages' JavaScript in a real browser, without any page."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Route

from tests.services import ROOT

Call = Callable[..., Any]
SCRIPTS = ROOT / "static" / "js"
CALL = "async ([module, name, args]) => (await import(`/static/js/${module}.js`))[name](...args)"


def caller(page: Page) -> Call:
    """What calls a function of a module with its arguments; the modules come straight from the folder."""

    def file(route: Route) -> None:
        path = SCRIPTS / route.request.url.rpartition("/")[2]
        if path.suffix == ".js":
            route.fulfill(path=path, content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html>", content_type="text/html")

    page.route("**/*", file)
    page.goto("/")
    return lambda module, name, *args: page.evaluate(CALL, [module, name, args])
