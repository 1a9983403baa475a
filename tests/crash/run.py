"""The run: a day is planned and sent while its parts break, and then it is looked at what became of each message."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

import redis
from django.db import OperationalError, connection
from django.test import Client

from actionplans.models import Action, ActionInVersion, ActionOwner
from concordat.kernel.models import Change
from concordat.tasks import plan_chasing
from signatories.models import Message, Notice, Person
from tests.actionplans.chasing.calendar import make_place
from tests.crash.parts import Database, PostOffice, Program
from tests.sign_in import enter, make_account

FINAL = ("mailed", "uncertain", "given_up", "dropped")
STOPPED_BEFORE = "The program was stopped before it sent it."


@dataclass
class Size:
    """How much is to happen."""

    messages: int = 2000
    kills: int = 50
    flushes: int = 2
    restarts: int = 1
    seed: int = 1


@dataclass
class Figures:
    """What came of it. `wrong` are sentences; there must be none."""

    rows: list[tuple[str, int | str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def people(count: int) -> None:
    """So many people, each of whom answers for one action whose day has passed: a digest for each."""
    place = make_place()
    owners = Person.objects.bulk_create(
        Person(name=f"Owner {number}", email=f"owner-{number}@example.org", password="!") for number in range(count)
    )
    actions = Action.objects.bulk_create(
        Action(plan=place.version.plan, text="Open a crisis café", due_on=date(2026, 5, 20), **DATED) for _ in owners
    )
    version = place.version
    ActionInVersion.objects.bulk_create(
        ActionInVersion(version=version, action=action, text=action.text) for action in actions
    )
    ActionOwner.objects.bulk_create(
        ActionOwner(action=action, person=owner) for action, owner in zip(actions, owners, strict=True)
    )


DATED = {"timescale_kind": "date", "timescale_precision": "day"}


@dataclass
class Run:
    """The parts, and what is done to them."""

    size: Size
    database: Database
    broker: redis.Redis
    office: PostOffice
    workers: list[Program]
    beat: Program
    deadline: float
    chances: Random
    killed: int = 0

    def start(self) -> None:
        """Start all programs and plan the day, as beat does at nine."""
        for program in (*self.workers, self.beat):
            program.start()
        plan_chasing.delay()

    def stop(self) -> None:
        """End all programs."""
        for program in (*self.workers, self.beat):
            program.stop()

    def break_parts(self) -> None:
        """Break one part after the other, each after a number of letters that chance has drawn."""
        for after, part in sorted(self._drawn()):
            self._wait(lambda after=after: self.office.taken >= after or not self._unfinished())
            getattr(self, f"_{part}")()

    def _drawn(self) -> Iterator[tuple[int, str]]:
        parts = {"kill": self.size.kills, "flush": self.size.flushes, "restart": self.size.restarts}
        for part, times in parts.items():
            for _ in range(times):
                yield self.chances.randrange(int(self.size.messages * 0.95)), part

    def _kill(self) -> None:
        """Kill a worker that works, at any moment, and start it anew."""
        self._wait(lambda: any(program.is_ready() for program in self.workers))
        program = self.chances.choice([program for program in self.workers if program.is_ready()])
        time.sleep(self.chances.uniform(0, 0.2))
        program.kill()
        self.killed += 1
        program.start()

    def _flush(self) -> None:
        self.broker.flushall()

    def _restart(self) -> None:
        self.database.restart()
        connection.close()

    def settle(self) -> None:
        """Wait until every message has its final state."""
        self._wait(lambda: not self._unfinished())

    def _unfinished(self) -> bool:
        """Whether anybody has still to be told."""
        try:
            ended = Message.objects.filter(mail_state__in=FINAL).count()
        except OperationalError:
            connection.close()
            return True
        return ended < self.size.messages

    def _wait(self, true: Any) -> None:
        while not true():
            if time.monotonic() > self.deadline:
                raise TimeoutError
            time.sleep(0.05)


def figures(run: Run) -> Figures:
    """What became of each message, by the database, by the mail server, and by what an administrator sees."""
    messages = list(Message.objects.order_by("pk"))
    ids = {message.pk: f"<digest-{message.pk}@tracker.example>" for message in messages}
    taken = {message.pk: run.office.by_id[ids[message.pk]] for message in messages}
    of_state = {state: [row.pk for row in messages if row.mail_state == state] for state in FINAL}
    uncertain = of_state["uncertain"]
    doubled = sum(count > 1 for count in run.office.by_id.values()) + sum(
        count > 1 for count in run.office.by_reader.values()
    )
    open_ = len(messages) - sum(map(len, of_state.values()))
    lost = sum(not taken[pk] for pk in of_state["mailed"])
    shown = len(shown_to_an_administrator() & set(uncertain))
    waiting = Notice.objects.filter(message=None).count()
    released = Change.objects.filter(subject_type="signatories.message", why=STOPPED_BEFORE).count()
    found = Figures()
    found.rows = [
        ("messages", len(messages)),
        ("sent once and known to be", len(of_state["mailed"]) - lost),
        ("uncertain", len(uncertain)),
        ("… of which the server has", sum(bool(taken[pk]) for pk in uncertain)),
        ("… shown to an administrator", shown),
        ("doubled", doubled),
        ("said to be sent, but lost", lost),
        ("given up or dropped", len(of_state["given_up"]) + len(of_state["dropped"])),
        ("without a final state", open_),
        ("stopped before they were sent, and sent later", released),
        ("workers killed", run.killed),
        ("broker flushed", run.size.flushes),
        ("database restarted", run.size.restarts),
    ]
    demands = {
        f"{run.size.messages} messages were to be": len(messages) == run.size.messages,
        "something was sent twice": doubled == 0,
        "something was lost": lost == 0 and waiting == 0,
        "something has no final state": open_ == 0,
        "something was given up or dropped": not (of_state["given_up"] or of_state["dropped"]),
        "more are uncertain than workers were killed": len(uncertain) <= run.killed,
        "something uncertain is not shown": shown == len(uncertain),
        f"{run.size.kills} workers were to be killed": run.killed == run.size.kills,
    }
    found.wrong = [sentence for sentence, holds in demands.items() if not holds]
    return found


def shown_to_an_administrator() -> set[int]:
    """The messages on the page of the administration that lists the uncertain ones."""
    browser = Client(SERVER_NAME="tracker.example", HTTP_X_FORWARDED_PROTO="https")
    enter(browser, make_account(name="Ada", email="ada@example.org", is_superuser=True, is_staff=True))
    address = "/admin/signatories/message/?mail_state__exact=uncertain&all="
    page = browser.get(address, secure=True).content.decode()
    pks = Message.objects.values_list("pk", flat=True)
    return {pk for pk in pks if f"/admin/signatories/message/{pk}/change/" in page}
