"""Links between rows, at the end of a transaction; what each of them refuses is in test_constraints.py."""

import pytest
from django.db import IntegrityError, transaction

from tests.constraint_rows.links import NOBODY
from tests.factories import make_area


@pytest.mark.django_db(transaction=True)
def test_links_are_checked_at_the_end_of_each_transaction() -> None:
    """There they are checked on demand, since those tests never commit."""
    area = make_area()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(area.codes.get()).objects.update(area=NOBODY)
    assert area.codes.exists()
