"""Jobs of the beat leave a note of each run, for those who look after them (concordat/workspace/jobs.py)."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps

from django.db import Error as DatabaseError
from django.utils import timezone

from signatories.services import job_log


def noted(job: Callable[[], int]) -> Callable[[], int]:
    """A job that says how many things it did: its run is noted when it begins, and how it ended."""

    @wraps(job)
    def run() -> int:
        key = job_log.begin(job.__name__, now=timezone.now())
        try:
            done = job()
        except Exception as error:
            with suppress(DatabaseError):  # it may be the database that failed, and then nobody can note it
                job_log.fail(key, error, now=timezone.now())
            raise
        job_log.end(key, done=done, now=timezone.now())
        return done

    return run
