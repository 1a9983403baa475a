from collections.abc import Iterable
from datetime import date

import pytest

from areas.boundaries import epochs
from areas.boundaries.composing import Coded
from areas.boundaries.epochs import Prepared
from areas.loading import History, read_history
from areas.models import Area, AreaCode

# A day after the last change of an area that is on record.
TODAY = date(2026, 6, 1)


def silent(done: int, total: int) -> None:
    """Progress that nobody watches."""


@pytest.fixture(scope="session")
def history() -> History:
    return read_history()


@pytest.fixture(scope="session")
def codes(history: History) -> list[Coded]:
    """Every code of the real areas, without a database."""
    return [
        Coded(number, row.code, row.name, row.from_on, row.until_on)
        for number, rows in enumerate(history.areas.values())
        for row in rows
    ]


@pytest.fixture(scope="session")
def shipped(codes: list[Coded]) -> Prepared:
    """The shipped epochs until TODAY, made once: they do not depend on a database."""
    return epochs.shipped(codes, TODAY, silent)


@pytest.fixture
def areas(db: None, history: History) -> Iterable[Area]:
    """The real areas with their codes, straight into the tables."""
    made = Area.objects.bulk_create(
        Area(slug=slug, name=rows[-1].name, region=rows[-1].region, from_on=rows[0].from_on, until_on=rows[-1].until_on)
        for slug, rows in history.areas.items()
    )
    AreaCode.objects.bulk_create(
        AreaCode(
            area=area,
            code=row.code,
            kind=row.kind,
            official_name=row.name,
            from_on=row.from_on,
            until_on=row.until_on,
        )
        for area, rows in zip(made, history.areas.values(), strict=True)
        for row in rows
    )
    return made
