"""A shared server that hangs: it is asked once, and then left alone for a while."""

import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import redis
from django.http import HttpResponse
from django.test import Client, RequestFactory

from concordat import embedded, reach
from concordat.caching import public_page
from concordat.handing import hand_to_worker
from concordat.reach import SHARED, Reach
from concordat.tasks import mail_enquiry
from signatories.models import Enquiry

Server = subprocess.Popen[bytes]
WORDS = {"kind": "question", "message": "Why is it red?"}


@pytest.fixture
def server(tmp_path: Path, settings: Any) -> Iterator[Server]:
    """A real server for cache and queue of this test alone."""
    url = embedded.new_url()
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": url}}
    settings.CELERY_BROKER_URL = url
    with embedded.serve(tmp_path / "redis", url) as process:
        yield process


@pytest.fixture
def _hanging(server: Server) -> Iterator[None]:
    """The server takes connections and never says a word."""
    server.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        server.send_signal(signal.SIGCONT)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Callable[[], int]:
    """How often somebody waited in vain for the server; no time passes meanwhile."""
    monkeypatch.setattr(reach, "monotonic", lambda: 100.0)
    return lambda: sum(each.name == "concordat.reach" for each in caplog.records)


@pytest.mark.slow
@pytest.mark.usefixtures("_hanging")
class TestHanging:
    @pytest.mark.django_db(transaction=True)
    def test_messages_are_taken_all_the_same_and_soon(self, waits: Callable[[], int]) -> None:
        for number in range(8):
            assert Client().post("/contact/", WORDS | {"message": f"Why {number}?"}).status_code == 302
        assert waits() == 1
        assert Enquiry.objects.filter(mail_state="received").count() == 8

    def test_the_queue_alone_keeps_nobody_waiting(self, waits: Callable[[], int]) -> None:
        hand_to_worker(mail_enquiry, 1)
        assert SHARED.is_out()
        hand_to_worker(mail_enquiry, 2)
        assert waits() == 1

    @pytest.mark.django_db
    def test_pages_wait_for_it_once_and_not_for_each_of_them(self, waits: Callable[[], int]) -> None:
        page = public_page()(lambda request: HttpResponse("How it stands"))
        for number in range(8):
            assert page(RequestFactory().get(f"/{number}")).content == b"How it stands"
        assert waits() == 1


def test_it_is_asked_again_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(reach, "monotonic", lambda: clock[0])
    asked: list[float] = []

    def gone() -> str:
        asked.append(clock[0])
        raise ConnectionError

    server = Reach()
    assert [server.ask(gone, "without") for _ in range(3)] == ["without"] * 3
    clock[0] += reach.SECONDS - 0.1
    assert server.ask(lambda: "there", "without") == "without"
    clock[0] += 0.1
    assert server.ask(lambda: "there", "without") == "there"
    assert asked == [100.0]


def test_a_fault_of_our_own_is_no_server_out_of_reach() -> None:
    server = Reach()
    with pytest.raises(ZeroDivisionError):
        server.ask(lambda: 1 / 0, 0.0)
    assert not server.is_out()


@pytest.mark.usefixtures("server")
def test_what_is_handed_over_is_in_the_queue_once(settings: Any) -> None:
    hand_to_worker(mail_enquiry, 7)
    with closing(redis.Redis.from_url(settings.CELERY_BROKER_URL)) as client:
        assert client.llen("celery") == 1
    assert not SHARED.is_out()
