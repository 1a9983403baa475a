"""The whole: settings, addresses, jobs, and the national picture."""

from concordat.celery import app as celery_app

__all__ = ["celery_app"]
