"""Who signed in, and who tried: written for the person alone. Moments are in UTC. No `Change` tells of it."""

from datetime import datetime

from dateutil.relativedelta import relativedelta

from signatories.models import Person, SignIn

# The privacy page says so.
KEPT_MONTHS = 12


def note(person: Person, *, how: SignIn.How, now: datetime, second_factor: bool = False, browser: str = "") -> SignIn:
    """Keep that somebody signed in with this account, or was refused."""
    return SignIn.objects.create(person=person, at=now, how=how, second_factor=second_factor, browser=browser[:120])


def forget_old(*, now: datetime) -> int:
    """Delete what happened longer ago than we say that we keep it; gives how many there were."""
    return SignIn.objects.filter(at__lt=now - relativedelta(months=KEPT_MONTHS)).delete()[0]
