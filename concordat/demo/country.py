"""`load_demo`: makes up the whole country, some partnerships at a time, so that memory does not grow with it."""

from collections import Counter, deque
from collections.abc import Callable

from django.contrib.auth.hashers import make_password

from actionplans.models import Action
from areas.models import Area
from concordat.demo.actions import MIRRORING, actions, mirror
from concordat.demo.batch import Batch, refresh_statistics
from concordat.demo.commitments import commit
from concordat.demo.declarations import declare
from concordat.demo.geography import laid_out, settled_areas
from concordat.demo.group import Group, MadeAction
from concordat.demo.meetings import decide
from concordat.demo.organisations import Organisations
from concordat.demo.parameters import Parameters
from concordat.demo.partnerships import fill, named
from concordat.demo.people import local_people, national_people
from concordat.demo.plans import MadePlan, plans
from concordat.demo.programme import launched_on, make_programme, sections, steward, themes
from concordat.demo.reporting import report_days
from concordat.demo.roles import give_roles
from concordat.demo.rounds import Rounds, note_contacts
from concordat.demo.stories import FARTHEST_BACK, Mood, story_of
from concordat.demo.updates import report

BATCH_OF_ACTIONS = 5000
LINKED = 4  # actions of a partnership that its commitments name
USUAL_MONTHS = 3  # the programme's own rhythm
Tell = Callable[[int, int], None]


class Country:
    """What all partnerships share while the country is made."""

    def __init__(self, parameters: Parameters, password: str) -> None:
        self.parameters = parameters
        self.programme = make_programme(parameters)
        self.batch = Batch()
        self.sections, self.themes = sections(self.programme, self.batch), themes(self.batch)
        self.organisations = Organisations()
        self.password = make_password(password)  # one hash for all of them: hashing is slow on purpose
        self.before: deque[Group] = deque(maxlen=FARTHEST_BACK)  # the partnerships made last
        self.with_primary: set[int] = set()  # areas that have a partnership to contact
        steward(self.programme, launched_on(parameters), self.batch)
        self.reviewer = national_people(self.password, self.batch)
        self.rounds = Rounds(self.programme, parameters, self.batch)

    def group(self, number: int, areas: list[Area]) -> Group:
        """The partnership with that number, its rows still to be made."""
        chances = self.parameters.chances(number)
        return Group(
            number=number,
            story=story_of(number),
            areas=areas,
            on=self.parameters.on,
            actions_per_plan=self.parameters.actions,
            chances=chances,
            batch=self.batch,
            partnership=named(number, areas, self.programme),
            organisations=self.organisations.around(areas[0], self.batch),
            people=local_people(number, self.password, chances, self.batch, self.parameters.on),
            sections=self.sections,
            themes=self.themes,
        )


def load_country(parameters: Parameters, password: str, tell: Tell) -> Counter[str]:
    """Write everything and return how many of each kind. Call it in a transaction.

    `password` is that of everybody who can sign in; `tell` hears how many partnerships are done, and of how many.
    Raises RefusedError if the areas are not loaded.
    """
    areas = settled_areas(parameters.on)
    country = Country(parameters, password)
    counts: Counter[str] = Counter(programmes=1)
    size = max(1, BATCH_OF_ACTIONS // parameters.actions)
    for done, place in enumerate(laid_out(parameters, areas), 1):
        group = country.group(done - 1, place)
        tell_story(group, country.before, country.with_primary)
        country.rounds.ask(group)
        note_contacts(group, country.reviewer)
        country.before.append(group)
        if done % size == 0 or done == parameters.partnerships:
            counts += country.batch.write()
            tell(done, parameters.partnerships)
    refresh_statistics()
    return counts


def tell_story(group: Group, before: deque[Group], with_primary: set[int]) -> None:
    """Put all rows of one partnership into its batch; `before` are the last partnerships made."""
    story = group.story
    if story.parent_back:
        group.partnership.parent = before[-story.parent_back].partnership
    fill(group, with_primary)
    give_roles(group)
    expectations = declare(group)
    linked: list[Action] = []
    for made in plans(group, expectations):
        own = list(actions(group, made))
        _report(group, made, own)
        _mirror(group, made, own, before)
        linked = linked or [each.action for each in own[:LINKED]]
    if linked:
        commit(group, linked)
        decide(group, linked)


def _report(group: Group, made: MadePlan, own: list[MadeAction]) -> None:
    """All reports on a plan's actions, in the rhythm of its partnership."""
    if not own or not made.published:
        return
    published_on = made.begins_on(False, group.on)
    is_silent = made.mood is Mood.NO_RECENT_UPDATE
    months = group.partnership.update_every_months or USUAL_MONTHS
    days = report_days(published_on, group.on, months, group.chances, is_silent=is_silent)
    for each in own:
        report(group, each, days, own[0].action)


def _mirror(group: Group, made: MadePlan, own: list[MadeAction], before: deque[Group]) -> None:
    """The first plan that goes well lends an action; others of the partnership mirror it, or one of a neighbour's."""
    if own and made.mood is Mood.ON_TRACK and group.lendable is None:
        group.lendable = own[0]
        return
    back = group.story.mirrors_back
    lent = before[-back].lendable if back else group.lendable
    if lent and made.mood in MIRRORING and made.published:
        mirror(group, made, lent)
