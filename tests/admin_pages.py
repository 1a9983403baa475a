"""The admin as a browser sees it: sign in, open a page, read its form, alter it, send it."""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from signatories.models import Person
from tests.factories import make_person
from tests.sign_in import signed_in

__all__ = ["signed_in"]  # where the tests of the admin find it
WHY = "The minutes say otherwise"
NO_TEXT = {"script", "style"}


class Page(HTMLParser):
    """What a page holds: the values its form would send, its buttons, its words, its errors by their field."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.status = response.status_code
        self.values: dict[str, list[str]] = {}
        self.buttons: set[str] = set()
        self.links: dict[str, str] = {}
        self.errors: dict[str, str] = {}
        self._words: list[str] = []
        self._inside: dict[str, Any] = {}
        self.feed(response.content.decode())

    @property
    def words(self) -> str:
        """All text of the page, on one line."""
        return " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input":
            self._input(given)
        elif tag == "select":
            self._inside["select"] = given.get("name")
            self.values.setdefault(given.get("name") or "", [])
        elif tag == "option" and "selected" in given:
            self.values[self._inside["select"]].append(given.get("value") or "")
        elif tag == "textarea":
            self._inside["textarea"] = given["name"]
            self.values[given["name"]] = [""]
        elif tag == "a":
            self._inside["a"] = given.get("href", "")
        elif tag == "ul" and "errorlist" in (given.get("class") or ""):
            self._inside["errors"] = (given.get("id") or "").removeprefix("id_").removesuffix("_error")
        elif tag in NO_TEXT:
            self._inside["no text"] = True

    def _input(self, given: dict[str, str | None]) -> None:
        name, kind, value = given.get("name") or "", given.get("type"), given.get("value")
        if kind == "submit":
            self.buttons.add(name)
        elif kind not in {"checkbox", "radio"}:
            self.values[name] = [value or ""]
        elif "checked" in given:
            self.values.setdefault(name, []).append("on" if value is None else value)

    @staticmethod
    def _text(values: list[str], data: str) -> None:
        """Text of a box; HTML drops one line end after its tag, and Django writes one there."""
        values[0] += data if values[0] else data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        ends = {"ul": "errors", **dict.fromkeys(NO_TEXT, "no text")}
        self._inside.pop(ends.get(tag, tag), None)

    def handle_data(self, data: str) -> None:
        if "no text" in self._inside:
            return
        if "textarea" in self._inside:
            self._text(self.values[self._inside["textarea"]], data)
            return
        self._words.append(data)
        if "a" in self._inside:
            self.links[self._inside["a"]] = data.strip()
        if "errors" in self._inside:
            at = self._inside["errors"]
            self.errors[at] = f"{self.errors.get(at, '')} {data}".strip()


def administrator(**fields: Any) -> Person:
    """A national administrator with all rights."""
    return make_person(**({"is_staff": True, "is_superuser": True} | fields))


def address(model: type[Model], page: str = "changelist", *args: Any) -> str:
    """The address of an admin page of that model."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def row_address(row: Model, page: str = "change") -> str:
    """The address of the admin page of that row."""
    return address(type(row), page, row.pk)


def open_page(client: Client, url: str) -> Page:
    """The page at that address."""
    return Page(client.get(url))


def send(client: Client, url: str, page: Page, **values: Any) -> Page | None:
    """Send the page's form with those values altered; the page that comes back, or None if it is saved.

    A value is a text, a list of texts, or None to leave the field out (an unticked box).
    """
    altered = {name: value if isinstance(value, list) else [value] for name, value in values.items()}
    sent = {name: given for name, given in (page.values | altered).items() if given != [None]}
    response = client.post(url, sent | {"_save": ["Save"]})
    return None if response.status_code == 302 else Page(response)


def edit(client: Client, row: Model, **values: Any) -> Page | None:
    """Open the row's page, alter it, give a reason, and send it."""
    url = row_address(row)
    return send(client, url, open_page(client, url), **({"why": WHY} | values))


def queries_of(client: Client, url: str) -> int:
    """How many queries the page takes, once what Django keeps in memory (the content types) is there."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


def registered() -> Mapping[str, Any]:
    """The admin of every model of the four apps and the kernel, by the model's label."""
    return {model._meta.label_lower: its for model, its in admin.site._registry.items()}
