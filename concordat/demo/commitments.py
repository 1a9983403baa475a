"""Made-up commitments: You said, We will, and the actions by which it is done."""

from actionplans.models import Action, Commitment, Promise
from concordat.demo.batch import PROMISE_ACTIONS
from concordat.demo.group import Group
from concordat.demo.timescales import a_season
from concordat.demo.wording import LABEL, WE_WILL, YOU_SAID
from concordat.kernel.sources import Precision

PER_PARTNERSHIP = 2


def commit(group: Group, linked: list[Action]) -> None:
    """Some commitments, each with a promise and a hope; the promise is kept by the linked actions."""
    for place in range(PER_PARTNERSHIP):
        you_said, theme = YOU_SAID[(group.number + place) % len(YOU_SAID)]
        commitment = group.batch.add(
            Commitment(
                partnership=group.partnership,
                you_said=you_said,
                theme=group.themes[theme],
                made_on=group.days_ago(100, 700),
                made_precision=Precision.DAY,
                position=place,
                source=LABEL,
            )
        )
        for position, (we_will, is_hope) in enumerate(WE_WILL):
            timescale = a_season(group.days_ago(-300, 100), group.on)
            promise = Promise(
                commitment=commitment, we_will=we_will, is_hope=is_hope, position=position, **timescale.as_fields()
            )
            group.batch.add(promise)
            if not is_hope:
                _link(group, promise, linked[place::PER_PARTNERSHIP])


def _link(group: Group, promise: Promise, linked: list[Action]) -> None:
    for action in linked:
        group.batch.add(PROMISE_ACTIONS(promise=promise, action=action))
