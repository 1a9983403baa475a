"""How often somebody may do something: by the address that our own proxies saw, and never by one that was made up."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from concordat.embedded import free_port
from concordat.limits import origin, too_often


def asked(remote: str, forwarded: str | None = None) -> str:
    """The origin of a request from that address with that X-Forwarded-For."""
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return origin(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers))


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "same_as"),
    [
        (0, "192.0.2.1", None, "192.0.2.1"),
        (0, "192.0.2.1", "198.51.100.7", "192.0.2.1"),
        (1, "10.0.0.1", "192.0.2.1", "192.0.2.1"),
        (1, "10.0.0.1", "198.51.100.7, 192.0.2.1", "192.0.2.1"),
        (1, "10.0.0.1", None, "10.0.0.1"),
        (1, "10.0.0.1", " , ", "10.0.0.1"),
        (2, "10.0.0.1", "198.51.100.7, 192.0.2.1, 10.0.0.2", "192.0.2.1"),
        (2, "10.0.0.1", "192.0.2.1", "192.0.2.1"),
        (0, "::ffff:192.0.2.1", None, "192.0.2.1"),
        (1, "10.0.0.1", "192.0.2.1:5555", "192.0.2.1"),
        (1, "10.0.0.1", "198.51.100.7, 192.0.2.1:5555 ", "192.0.2.1"),
        (1, "10.0.0.1", "[2001:db8::1]:443", "2001:db8::1"),
        (1, "10.0.0.1", "[2001:db8::1]", "2001:db8::1"),
        (1, "10.0.0.1", "2001:db8::1", "2001:db8::1"),
        (1, "10.0.0.1", "[::ffff:192.0.2.1]:443", "192.0.2.1"),
        (1, "10.0.0.1", "unknown", "10.0.0.1"),
        (1, "10.0.0.1", "_hidden, 192.0.2.1:http", "10.0.0.1"),
        (1, "10.0.0.1", "[2001:db8::1", "10.0.0.1"),
        (1, "10.0.0.1", "[]:443", "10.0.0.1"),
        (1, "10.0.0.1", "192.0.2.1:123456", "10.0.0.1"),
        (0, "192.0.2.1:443", None, "192.0.2.1"),
    ],
)
def test_the_address_that_counts(settings: Any, proxies: int, remote: str, forwarded: str | None, same_as: str) -> None:
    settings.TRUSTED_PROXIES = 0
    expected = asked(same_as)
    settings.TRUSTED_PROXIES = proxies
    assert asked(remote, forwarded) == expected


def test_of_an_ipv6_address_the_network_counts() -> None:
    assert asked("2001:db8:1:2:3::4") == asked("2001:db8:1:2:ffff::5")
    assert asked("2001:db8:1:2:3::4") == asked("[2001:db8:1:2:ffff::5]:443")
    assert asked("fe80::1%eth0") == asked("fe80::2")
    assert asked("2001:db8:1:2::4") != asked("2001:db8:1:3::4")


@pytest.mark.parametrize("remote", ["", "unix:", ":443", "[]"])
def test_what_is_no_address_is_nobody(remote: str) -> None:
    assert asked(remote) == ""


def test_the_address_cannot_be_worked_out_without_our_key(settings: Any) -> None:
    ours = asked("192.0.2.1")
    settings.SECRET_KEY = "another"
    assert asked("192.0.2.1") != ours


def test_after_so_many_it_is_too_often_for_that_one_alone() -> None:
    assert [too_often("test", "a", at_most=2, seconds=60) for _ in range(4)] == [False, False, True, True]
    assert not too_often("test", "b", at_most=2, seconds=60)
    assert not too_often("other", "a", at_most=2, seconds=60)


def test_the_count_goes_away() -> None:
    too_often("test", "a", at_most=2, seconds=60)
    assert 0 < cache._cache.get_client().ttl(cache.make_key("limit:test:a")) <= 60


def test_nobody_is_never_too_often() -> None:
    assert not any(too_often("test", "", at_most=1, seconds=60) for _ in range(3))


def test_a_cache_out_of_reach_stops_nobody(settings: Any) -> None:
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": f"redis://127.0.0.1:{free_port()}/0"}}
    assert not any(too_often("test", "a", at_most=1, seconds=60) for _ in range(3))
