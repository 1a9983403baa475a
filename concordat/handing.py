"""Handing a job to the worker from within a visitor's request, which must not hang on the queue's server."""

from typing import Any

from celery import Task, current_app
from django.conf import settings

from concordat.reach import SHARED

# Seconds that each step may take. They are this connection's own: a worker waits on its connections for jobs.
BRISKLY = {"socket_connect_timeout": 1, "socket_timeout": 1, "max_retries": 0}


def hand_to_worker(task: "Task[Any, Any]", *args: Any) -> None:
    """Queue the job, or leave it to the sweep that picks up its row later if the queue is out of reach."""
    SHARED.ask(lambda: _queue(task, args), None)


def _queue(task: "Task[Any, Any]", args: tuple[Any, ...]) -> None:
    with current_app.connection_for_write(settings.CELERY_BROKER_URL, transport_options=BRISKLY) as connection:
        options: dict[str, Any] = {"connection": connection, "retry": False}
        task.apply_async(args, **options)
