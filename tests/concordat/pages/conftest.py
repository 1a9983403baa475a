"""What the tests of public pages of single things share: a day that is today, and a page as a visitor reads it."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

Told = Callable[..., str]


@pytest.fixture
def on_20_may_2026(db: None, time_machine: Any) -> None:
    """Today is 20 May 2026, at noon in London."""
    time_machine.move_to("2026-05-20 11:00 +0000", tick=False)


@pytest.fixture
def told(client: Client) -> Told:
    """The words that the main part of a page says, on one line; with `status` if it is not 200."""

    def words(address: str, status: int = 200) -> str:
        response = client.get(address)
        assert response.status_code == status, address
        main = response.content.decode().partition("<main")[2].partition("</main>")[0]
        return (
            " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())
            .replace(" .", ".")
            .replace(" ,", ",")
            .replace(" :", ":")
        )

    return words
