"""The token of a link stays out of every log line, header, error report and access log."""

import io
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from django.views.debug import ExceptionReporter
from gunicorn.config import Config
from gunicorn.glogging import Logger

from concordat.kernel.tokens import FIRSTS
from concordat.link import address
from concordat.link.address import Token, sealed
from concordat.logs import WithoutTokens
from tests import factories as make
from tests.concordat.link.conftest import Followed
from tests.concordat.workspace.conftest import TODAY

TOKEN = "WzEsMl0:1xYz:AbC-_d9"


class Records(logging.Handler):
    """Everything that anybody logs, whatever its level."""

    def __init__(self) -> None:
        super().__init__(level=0)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        request = getattr(record, "request", None)
        held = [record.getMessage(), repr(record.__dict__), str(record.exc_text)]
        if request is not None:
            held += [request.path, request.path_info, request.get_full_path(), repr(request.META), repr(request)]
        if record.exc_info:
            held.append(logging.Formatter().formatException(record.exc_info))
        self.lines += held


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """What is logged, by every logger there is, before any filter of a handler has hidden something."""
    handler = Records()
    known = [logging.getLogger(name) for name in ("django", "django.request", "django.security", "concordat")]
    loggers = [logging.getLogger(), *known]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    logging.getLogger().addHandler(handler)
    yield handler.lines
    logging.getLogger().removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def headers_of(answer: Any) -> str:
    return repr(list(answer.items())) + repr(answer.cookies)


@pytest.mark.django_db
class TestNoLineAndNoHeader:
    @pytest.mark.parametrize(
        ("method", "below", "sent"),
        [
            ("get", "", {}),
            ("get", "{pk}", {}),
            ("post", "{pk}/done", {"completed_on_0": "x"}),  # 400
            ("post", "{pk}/not-going-ahead", {"reason": "No money", "accepted": "0"}),  # 302
            ("post", "no-change", {}),  # 400
            ("post", "no-change", {"action": "{pk}-0"}),  # 302
            ("get", "99", {}),  # 404
            ("get", "{pk}/nonsense", {}),  # 404
            ("get", "{pk}/done/more/", {}),  # no such address
            ("put", "{pk}/done", {}),  # 405
            ("post", "switch-off", {}),
        ],
    )
    def test_of_any_answer(
        self, browser: Client, followed: Followed, logged: list[str], method: str, below: str, sent: dict[str, str]
    ) -> None:
        pk = followed.action.pk
        answer = getattr(browser, method)(
            followed.base + below.format(pk=pk), {name: text.format(pk=pk) for name, text in sent.items()}
        )
        if answer.status_code >= 400:
            assert logged, "Django logs every refusal"
        assert followed.token not in "\n".join(logged)
        assert followed.token not in headers_of(answer)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store, private"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"

    def test_of_a_link_that_has_ended(self, browser: Client, followed: Followed, logged: list[str]) -> None:
        token = followed.token
        browser.post(f"{followed.base}switch-off")
        for first in (token, token[:-1], "guess"):
            assert browser.get(f"/u/{first}/12").status_code in (404, 410)
            assert first not in "\n".join(logged)

    def test_of_a_fault_of_ours_and_its_report(
        self, followed: Followed, logged: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The page that administrators are mailed holds the variables of every function on the way."""
        reports = []

        def told(request: HttpRequest, *args: Any) -> HttpResponse:
            import sys

            reports.append(ExceptionReporter(request, *sys.exc_info()).get_traceback_html())
            reports.append(ExceptionReporter(request, *sys.exc_info()).get_traceback_text())
            return HttpResponse("fault", status=500)

        def faulty(*args: Any, **options: Any) -> None:
            raise RuntimeError("Something broke")

        monkeypatch.setattr("concordat.link.opening.access_of", faulty)
        monkeypatch.setattr("django.core.handlers.exception.response_for_exception", told)
        token = followed.token
        answer = Client(raise_request_exception=False).get(f"{followed.base}{followed.action.pk}")
        assert answer.status_code == 500
        assert "Something broke" in reports[0]
        assert not any(token in each for each in (*reports, *logged))
        assert answer.headers["Referrer-Policy"] == "no-referrer"

    def test_an_access_log_of_the_server_has_none_either(self, followed: Followed) -> None:
        """Gunicorn writes it from the environment of the request, if somebody turns it on."""
        path = f"{followed.base}{followed.action.pk}"
        environ = RequestFactory().get(path, headers={"referer": f"http://testserver{path}"}).environ
        environ |= {"RAW_URI": path, "REQUEST_URI": path, "wsgi.input": io.BytesIO()}
        answer = WSGIHandler()(environ, lambda *args: None)
        line = Logger(Config()).atoms(Response(answer), [], environ, TODAY - TODAY)
        assert line["r"] == f"GET /u/-/{followed.action.pk} HTTP/1.1"
        assert followed.token not in repr(line)

    @pytest.mark.parametrize("spelt", ["/%75/{}/7", "/u%2F{}/7", "/%75%2f{}%2F7", "http://testserver/%75/{}/7"])
    def test_nor_where_the_address_is_spelt_in_another_way(self, followed: Followed, spelt: str) -> None:
        """What the server was asked for, as it was asked for, stands in its environment."""
        asked = spelt.format(followed.token.replace(":", "%3A")) + "?sent=3"
        extra = {"RAW_URI": asked, "REQUEST_URI": asked, "HTTP_X_ORIGINAL_URI": asked}
        _, request = answered(f"/u/{followed.token}/7?sent=3", answer=lambda request: HttpResponse(), **extra)
        assert (request.META["RAW_URI"], request.META["REQUEST_URI"]) == ("/u/-/7?sent=3", "/u/-/7?sent=3")
        told = unquote(repr(request.META))
        assert not any(part in told for part in followed.token.split(":"))

    def test_the_page_after_it_is_told_nothing(self, client: Client, followed: Followed, logged: list[str]) -> None:
        """Should a browser send the address all the same."""
        client.get("/nowhere/", headers={"referer": f"http://testserver{followed.base}"})
        assert "Not Found: /nowhere/" in "\n".join(logged)
        assert followed.token not in "\n".join(logged)

    def test_nothing_on_the_pages_leads_or_asks_elsewhere(self, browser: Client, followed: Followed) -> None:
        make.make_update(action=followed.action, reported_on=TODAY)
        for below in ("", f"{followed.action.pk}", f"{followed.action.pk}/done", "switch-off"):
            page = browser.get(followed.base + below).content.decode()
            assert "http://" not in page.replace("http://www.w3.org", "")
            assert "https://" not in page
            assert "<script" not in page


class Response:
    """What gunicorn knows of an answer."""

    def __init__(self, answer: Any) -> None:
        self.status, self.sent, self.headers = f"{answer.status_code} OK", 0, list(answer.items())


def answered(path: str, *, answer: Callable[[HttpRequest], HttpResponse], **extra: Any) -> tuple[Any, HttpRequest]:
    request = RequestFactory().get(path, **extra)
    return sealed(answer)(request), request


class TestSealed:
    def test_the_token_is_off_the_path_for_all_others(self) -> None:
        seen = []

        def look(request: HttpRequest) -> HttpResponse:
            seen.append((request.path, request.path_info, request.META["PATH_INFO"], request.get_full_path()))
            return HttpResponse()

        _, request = answered(f"/u/{TOKEN}/12/done?sent=3", answer=look)
        assert seen == [("/u/-/12/done", "/u/-/12/done", "/u/-/12/done", "/u/-/12/done?sent=3")]
        assert request.token.reveal() == TOKEN  # type: ignore[attr-defined]

    @pytest.mark.parametrize("path", ["/", "/uk/areas/", "/workspace/u/x/", "/u", "/u/"])
    def test_other_addresses_stay_as_they_are(self, path: str) -> None:
        answer, request = answered(path, answer=lambda request: HttpResponse(request.path))
        assert answer.content.decode() == path
        assert not hasattr(request, "token")
        assert "Referrer-Policy" not in answer.headers

    def test_below_a_prefix(self) -> None:
        answer, _ = answered(f"/u/{TOKEN}", SCRIPT_NAME="/tracker", answer=lambda it: HttpResponse(it.path))
        assert answer.content.decode() == "/tracker/u/-/"

    def test_who_came_by_http_is_led_to_the_same_link(self, settings: Any) -> None:
        settings.SECURE_SSL_REDIRECT = True
        answer = Client().get(f"/u/{TOKEN}/12")
        assert answer.status_code == 301
        assert answer.headers["Location"] == f"https://testserver/u/{TOKEN}/12"
        assert answer.headers["Referrer-Policy"] == "no-referrer"

    def test_a_token_shows_itself_to_nobody(self) -> None:
        token = Token(TOKEN)
        assert TOKEN not in f"{token} {token!r} {[token]} %s" % token


@pytest.mark.parametrize(
    ("message", "args", "expected"),
    [
        ('"GET /u/%s/12 HTTP/1.1" 200', (TOKEN,), '"GET /u/…/12 HTTP/1.1" 200'),
        (
            f"Not Found: /accounts/password/reset/3-{TOKEN}/",
            (),
            "Not Found: /accounts/password/reset/…/",
        ),
        (f"asked https://tracker.example/u/{TOKEN}, twice", (), "asked https://tracker.example/u/… twice"),
        ("Not Found: %s", ("/areas/",), "Not Found: /areas/"),
        ("100 % of it", (), "100 % of it"),
    ],
)
def test_no_logger_writes_one(message: str, args: tuple[Any, ...], expected: str) -> None:
    record = logging.LogRecord("any", logging.INFO, "here", 1, message, args, None)
    assert WithoutTokens().filter(record)
    assert record.getMessage() == expected


def routes(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every address of the product, as it is written in the lists of them."""
    for each in patterns:
        route = before + str(each.pattern).lstrip("^")
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, route)
        else:
            yield route


def test_every_address_that_opens_something_is_known_as_such_to_the_log_and_to_who_sets_up_a_proxy() -> None:
    """Such an address has a token or a key in it. A proxy keeps a log of its own: the README tells what it omits."""
    secret = re.compile(r"<(str:)?(token|key)>|(?<=^u/)-/|\(\?P<uidb36>")
    found = {route[: at.start()] for route in routes(get_resolver().url_patterns) if (at := secret.search(route))}
    assert {f"/{each}" for each in found} == set(FIRSTS)
    readme = Path("README.md").read_text()
    assert all(f"`{first}`" in readme for first in FIRSTS)
    [expression] = re.findall(r'"~(.*)" 0;', readme)
    asked = ("/u/TOKEN/12 /%75/TOKEN/12", "/areas/ /u/TOKEN/../../areas/", *(f"{each}x/ {each}x/" for each in FIRSTS))
    assert all(re.search(expression, each) for each in asked)
    assert not any(re.search(expression, each) for each in ("/ /", "/uk/ /uk/", "/areas/u/ /areas/u/"))


def test_every_line_on_the_console_goes_through_that_filter() -> None:
    from django.conf import settings

    handlers = settings.LOGGING["handlers"].values()
    assert all("tokens" in handler["filters"] for handler in handlers)
    assert settings.MIDDLEWARE[0] == f"{address.__name__}.sealed"
