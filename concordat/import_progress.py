"""How far a worker has come with a plan file. It is in the shared cache: a transaction shows its rows to nobody."""

from django.core.cache import cache

from concordat.reach import SHARED

SECONDS = 600  # it is of no use later


def tell(import_id: int, done: int) -> None:
    """Say how much of a step is done, of 100."""
    SHARED.ask(lambda: cache.set(_key(import_id), done, timeout=SECONDS), None)


def told(import_id: int) -> int:
    """How much of it is done, of 100; 0 where nobody has told."""
    done: int = SHARED.ask(lambda: cache.get(_key(import_id), 0), 0)
    return done


def _key(import_id: int) -> str:
    return f"concordat:plan-import:{import_id}"
