"""Fifty people on twenty shared actions, over a real web server: no save is lost, none overwritten unseen, none fails.

A few seconds in the suite; `STRESS_SECONDS=30` for longer.
"""

import http.client
import os
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client

from actionplans.models import Action, ProgressUpdate
from concordat.kernel.models import Change
from signatories.models import Person
from tests import factories as make
from tests import services

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PEOPLE, ACTIONS = 50, 20
SECONDS = float(os.environ.get("STRESS_SECONDS", "4"))
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
VERSION = re.compile(r'name="version" value="(\d+)"')


@pytest.fixture(autouse=True)
def _today() -> None:
    """The server is a process of its own: it goes by the real time, and so does this test."""


@pytest.fixture
def port(transactional_db: None) -> Iterator[int]:
    with services.web(connection.settings_dict["NAME"]) as port:
        yield port


@pytest.fixture
def actions(transactional_db: None) -> list[Action]:
    plan = make.make_plan()
    version = make.make_version(plan=plan, published_on=date(2026, 1, 5))
    lead = make.make_organisation()
    found = [make.make_action(plan=plan, lead=lead) for _ in range(ACTIONS)]
    for action in found:
        make.make_in_version(version=version, action=action)
    return found


class Owner(threading.Thread):
    """Opens an action, writes something of their own, saves it; again and again until the time is over."""

    def __init__(self, number: int, person: Person, actions: list[int], port: int, ends: float) -> None:
        super().__init__(daemon=True)
        client = Client()
        client.force_login(person)
        self.number, self.actions, self.port, self.ends = number, actions, port, ends
        self.session = client.cookies["sessionid"].value
        self.statuses: Counter[int] = Counter()
        self.saved: list[str] = []
        self.failure = ""

    def run(self) -> None:
        chance = random.Random(self.number)  # noqa: S311 - of a test
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as self.connection:
                for turn in range(10_000):
                    if turn > 1 and time.monotonic() > self.ends:  # each tries twice, however slow the machine
                        return
                    self._save(chance.choice(self.actions), f"By {self.number}, turn {turn}")
        except Exception as error:  # told to the test, which fails
            self.failure = repr(error)

    def _save(self, action: int, text: str) -> None:
        cookies = {"Cookie": f"sessionid={self.session}"}
        self.connection.request("GET", f"/workspace/actions/{action}/", headers=cookies)
        response = self.connection.getresponse()
        page = response.read().decode()
        self.statuses[response.status] += 1
        if response.status != 200:
            return
        csrf = response.headers["Set-Cookie"].partition("csrftoken=")[2].partition(";")[0]
        version = VERSION.findall(page)
        filled = {
            "status": "in_progress",
            "public_text": text,
            "then": "draft",
            "version": version[-1] if version else "",
        }
        token = TOKEN.findall(page)[0]
        self.connection.request(
            "POST",
            f"/workspace/actions/{action}/",
            urlencode(filled | {"csrfmiddlewaretoken": token}),
            {
                "Cookie": f"sessionid={self.session}; csrftoken={csrf}",
                "Content-Type": "application/x-www-form-urlencoded",
            },
        )
        response = self.connection.getresponse()
        response.read()
        self.statuses[response.status] += 1
        if response.status == 302:
            self.saved.append(text)


def test_nothing_is_lost_and_nothing_overwritten_unseen(actions: list[Action], port: int) -> None:
    people = [make.make_person() for _ in range(PEOPLE)]
    for person in people:
        for action in actions:
            make.make_owner(action=action, person=person)
        make.make_membership("owner", person=person, organisation=actions[0].leads.get().organisation)
    ids = [action.pk for action in actions]
    ends = time.monotonic() + SECONDS
    owners = [Owner(number, person, ids, port, ends) for number, person in enumerate(people)]
    for owner in owners:
        owner.start()
    for owner in owners:
        owner.join(SECONDS + 120)
    assert [owner.failure for owner in owners if owner.failure] == []
    statuses = sum((owner.statuses for owner in owners), Counter())
    assert set(statuses) <= {200, 302, 409}, statuses
    saved = Counter(text for owner in owners for text in owner.saved)
    told: Counter[str] = Counter()
    for update in ProgressUpdate.objects.all():
        text = ""
        for change in Change.objects.about(update).order_by("pk"):
            before, after = change.fields.get("public_text", [text, text])
            assert (before or "") == text, "a save was overwritten unseen"
            text = after
            told[text] += 1
        assert update.public_text == text
    assert told == saved
    assert sum(saved.values()) >= ACTIONS
    print(f"{sum(saved.values())} saves, {statuses[409]} shown both versions")
