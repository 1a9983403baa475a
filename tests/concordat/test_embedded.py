"""The embedded server: a real one, in a folder whose name has a space."""

import os
import socket
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import redis
from celery import Celery
from django.conf import settings
from django.core.cache import caches

from concordat import embedded


def client_of(url: str) -> "closing[redis.Redis]":
    return closing(redis.Redis.from_url(url))


def test_a_free_port_can_be_listened_on() -> None:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", embedded.free_port()))
        assert listener.getsockname()[1] > 0


def test_each_address_has_a_password_of_its_own() -> None:
    first, second = urlsplit(embedded.new_url()), urlsplit(embedded.new_url())
    assert first.hostname == "127.0.0.1"
    assert len(first.password or "") >= 32
    assert first.password != second.password


def test_what_is_written_outlives_a_stop(tmp_path: Path) -> None:
    folder = tmp_path / "with a space"
    url = embedded.new_url()
    with embedded.serve(folder, url) as server, client_of(url) as client:
        client.rpush("queue", "a job")
    assert server.poll() is not None
    with embedded.serve(folder, url), client_of(url) as client:
        assert client.lrange("queue", 0, -1) == [b"a job"]


def test_nobody_gets_in_without_the_password(tmp_path: Path) -> None:
    url = embedded.new_url()
    bare = f"redis://127.0.0.1:{urlsplit(url).port}/0"
    with (
        embedded.serve(tmp_path, url),
        client_of(bare) as client,
        pytest.raises(redis.AuthenticationError),
    ):
        client.ping()


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    url = embedded.new_url()
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", urlsplit(url).port))
        listener.listen()
        with pytest.raises(embedded.StartError, match=r"did not start.*in use"), embedded.serve(tmp_path, url):
            pass


def test_a_folder_is_used_by_one_alone(tmp_path: Path) -> None:
    with (
        embedded.sole_use(tmp_path),
        pytest.raises(embedded.StartError, match=rf"already running from this folder \(process {os.getpid()}\)"),
        embedded.sole_use(tmp_path),
    ):
        pass
    with embedded.sole_use(tmp_path):
        assert (tmp_path / "run.lock").read_text(encoding="utf-8") == str(os.getpid())


def test_cache_and_queue_of_this_process_follow(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("REDIS_URL", "CELERY_BROKER_URL"):
        monkeypatch.setattr(settings, name, getattr(settings, name))
    monkeypatch.setitem(settings.CACHES["default"], "LOCATION", settings.REDIS_URL)
    monkeypatch.setenv("REDIS_URL", settings.REDIS_URL)
    url = embedded.new_url()
    embedded.use(url)
    assert os.environ["REDIS_URL"] == url
    fresh: Any = caches.create_connection("default")
    with embedded.serve(tmp_path, url), client_of(url) as client:
        fresh.set("found", 1)
        assert client.keys("*") == [b":1:found"]
        fresh.close()
    app = Celery("fresh", set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    assert app.conf.broker_url == url
