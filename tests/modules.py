"""Runs the pure modules of the pages' JavaScript in a real browser, without any page."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Route

from tests.services import ROOT

Call = Callable[..., Any]
SCRIPTS = ROOT / "static" / "js"
# As JSON, there and back: Playwright's own way goes through every value in Python, several times over.
CALL = """async ([module, name, args]) =>
  JSON.stringify((await import(`/static/js/${module}.js`))[name](...JSON.parse(args))) ?? "null"
"""


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
    return lambda module, name, *args: json.loads(page.evaluate(CALL, [module, name, json.dumps(args)]))
