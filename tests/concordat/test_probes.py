"""The probes, with their parts working and failing."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from concordat import embedded


def test_healthz_asks_nobody(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"ok", "text/plain; charset=utf-8")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_readyz_is_ok_when_database_and_cache_answer(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.django_db
def test_readyz_names_a_cache_that_does_not_answer(client: Client, settings) -> None:
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": f"redis://127.0.0.1:{embedded.free_port()}/0"}
    }
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"cache does not answer")


def test_readyz_names_a_database_that_does_not_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"database does not answer")


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_a_probe_is_only_read(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


def test_search_engines_may_read_everything(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert answer.content.decode() == "User-agent: *\nAllow: /\n"
