"""The settings of production for the programs of the crash test, on a day that goes by faster.

CRASH_BEGAN is when (seconds since 1970) it was 09:00 in London on DAY, CRASH_PACE how many seconds of that day go by in
one. Waits of the product and beat are as much shorter; the clocks of Celery, PostgreSQL and the sockets are not.
"""

import os
import time
from datetime import UTC, date, datetime

import time_machine
from celery.schedules import crontab
from django.utils import timezone

from concordat import env

env.load_env_file = lambda path: None  # what a developer keeps in a .env file is no part of it
from concordat.settings import *  # noqa: E402, F403 - after that

DAY = date(2026, 6, 1)  # a Monday
NINE = datetime(2026, 6, 1, 8, tzinfo=UTC)
PACE = float(os.environ["CRASH_PACE"])
PLANNED_EVERY = 3600


def begin(began: float) -> None:
    """From now on this program lives on that day, as do those that it starts."""
    os.environ["CRASH_BEGAN"] = str(began)
    time_machine.travel(datetime.fromtimestamp(NINE.timestamp() + time.time() - began, UTC)).start()
    timezone.now = lambda: NINE + (datetime.now(UTC) - NINE) * PACE


if "CRASH_BEGAN" in os.environ:
    begin(float(os.environ["CRASH_BEGAN"]))

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
CELERY_BEAT_SCHEDULE = {name: dict(CELERY_BEAT_SCHEDULE[name]) for name in ("plan chasing", "mail messages")}  # noqa: F405
for entry in CELERY_BEAT_SCHEDULE.values():
    if isinstance(entry["schedule"], crontab):
        entry["schedule"] = PLANNED_EVERY
    entry["schedule"] = max(entry["schedule"] / PACE, 1)
    entry["options"] = {"expires": max(entry["schedule"] * 0.8, 15)}  # a busy machine may be late
