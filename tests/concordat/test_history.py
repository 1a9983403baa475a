"""`load_history`: the real facts of 2014-15 with their sources, loaded once and never undone."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from actionplans.models import (
    Action,
    ActionPlan,
    Commitment,
    PlanCoverage,
    PlanVersion,
    Promise,
    Section,
    Theme,
)
from actionplans.services.plans import publish_version
from areas.loading import load_areas, read_history
from areas.models import Area, AreaCode
from concordat.history.keeping import Keeper
from concordat.history.loading import load_history
from concordat.history.partnerships import load_partnerships
from concordat.kernel.changes import revise
from concordat.kernel.commands import RefusedError
from concordat.kernel.models import Change, Claim
from concordat.picture import AreaOnDay, picture
from signatories.models import (
    Board,
    BoardChair,
    BoardOversight,
    Declaration,
    DeclarationCoverage,
    Milestone,
    Organisation,
    Partnership,
    PartnershipCoverage,
    PartnershipMember,
    Person,
    PlanExpectation,
    Programme,
    Signature,
    Statement,
    Steward,
)
from signatories.services.declarations import publish_declaration, withdraw_declaration
from tests.factories import cover

pytestmark = pytest.mark.django_db
day = date.fromisoformat

# The areas that were green at the end of 2014, written out from the sentence of the national source.
NORTH_WEST_LONDON = {
    "Brent",
    "Ealing",
    "Hammersmith and Fulham",
    "Harrow",
    "Hillingdon",
    "Hounslow",
    "Kensington and Chelsea",
    "Westminster",
}
GREATER_MANCHESTER = {
    "Bolton",
    "Bury",
    "Manchester",
    "Oldham",
    "Rochdale",
    "Salford",
    "Stockport",
    "Tameside",
    "Trafford",
    "Wigan",
}
GREEN_IN_2014 = NORTH_WEST_LONDON | GREATER_MANCHESTER | {"Surrey", "Gloucestershire", "Derbyshire", "Derby"}


@pytest.fixture(scope="module")
def written(django_db_setup: None, django_db_blocker: Any) -> Iterator[Counter[str]]:
    """The areas and the history, loaded once for this file in a transaction around all its tests; how much of what."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_areas(read_history(), by="load_areas")
        yield load_history()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _loaded(written: Counter[str]) -> None:
    """Each test begins with the history loaded; what it writes is undone after it."""


def on(text: str) -> dict[str, AreaOnDay]:
    """Every area of the day by its name."""
    return {area.name: area for area in picture(day(text)).areas}


def of_colour(text: str, *colours: str) -> set[str]:
    return {name for name, area in on(text).items() if area.sign_up.status in colours}


def group(slug: str) -> Partnership:
    return Partnership.objects.get(slug=slug)


def hertfordshire() -> Partnership:
    return group("hertfordshire")


def hampshire() -> Partnership:
    return group("portsmouth-and-south-east-hampshire-crisis-service")


def claims(subject: Any, event: str) -> list[tuple[str, str, bool]]:
    """Day, precision, and whether it is the one that our record follows."""
    found = Claim.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk, event=event)
    return [(str(claim.on), claim.precision, claim.chosen) for claim in found.order_by("on")]


# The map of those days


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("2014-02-17", (152, 0, 0)),
        ("2014-02-18", (152, 0, 0)),
        ("2014-07-01", (152, 0, 0)),
        ("2014-08-05", (152, 0, 0)),
        ("2014-08-06", (151, 1, 0)),  # Norfolk
        ("2014-10-31", (150, 1, 1)),  # Gloucestershire
        ("2014-12-05", (149, 2, 1)),  # Walsall
        ("2014-12-11", (139, 12, 1)),  # Greater Manchester
        ("2014-12-31", (0, 130, 22)),
        ("2015-04-09", (0, 130, 22)),
        ("2015-04-10", (0, 129, 23)),  # Hertfordshire
    ],
)
def test_so_many_areas_were_red_amber_and_green(text: str, counts: tuple[int, int, int]) -> None:
    found = picture(day(text)).sign_up_counts
    assert (found["red"], found["amber"], found["green"]) == counts


def test_at_the_end_of_2014_exactly_these_areas_were_green_and_none_was_red() -> None:
    assert len(on("2014-12-31")) == 152
    assert of_colour("2014-12-31", "green") == GREEN_IN_2014
    assert len(GREEN_IN_2014) == 22
    assert of_colour("2014-12-31", "red") == set()


def test_norfolk_was_the_first_on_6_august_2014() -> None:
    assert of_colour("2014-08-05", "amber", "green") == set()
    assert of_colour("2014-08-06", "amber", "green") == {"Norfolk"}
    assert on("2014-08-06")["Norfolk"].since == day("2014-08-06")


def test_hertfordshire_turned_green_on_10_april_2015_and_not_before() -> None:
    before, after = on("2015-04-09")["Hertfordshire"], on("2015-04-10")["Hertfordshire"]
    assert (before.sign_up.status, before.since, before.since_precision) == ("amber", day("2014-12-31"), "by")
    assert (after.sign_up.status, after.since, after.since_precision) == ("green", day("2015-04-10"), "day")
    assert of_colour("2015-04-10", "green") - of_colour("2015-04-09", "green") == {"Hertfordshire"}


@pytest.mark.parametrize(
    ("name", "since", "precision"),
    [
        ("Gloucestershire", "2014-10-31", "by"),
        ("Walsall", "2014-12-05", "day"),
        ("Manchester", "2014-12-31", "by"),
        ("Brent", "2014-12-31", "by"),
        ("Leeds", "2014-12-31", "by"),
        ("Kirklees", "2014-12-31", "by"),
    ],
)
def test_each_day_keeps_its_precision(name: str, since: str, precision: str) -> None:
    found = on("2014-12-31")[name]
    assert (found.since, found.since_precision) == (day(since), precision)


@pytest.mark.parametrize("name", ["Essex", "Southend-on-Sea", "Thurrock", "Barnsley", "Sheffield", "Devon", "Cornwall"])
def test_areas_whose_plans_are_not_recorded_were_amber(name: str) -> None:
    found = on("2014-12-31")[name].sign_up
    assert (found.status, found.reason) == ("amber", "Declaration made")


# What became of the areas


@pytest.mark.parametrize(
    ("text", "count"), [("2019-03-31", 152), ("2019-04-01", 151), ("2021-04-01", 152), ("2026-11-22", 153)]
)
def test_so_many_areas_exist(text: str, count: int) -> None:
    assert len(on(text)) == count


def test_cumberland_inherits_ambers_from_cumbria_for_twelve_months() -> None:
    assert "Cumberland" not in on("2023-03-31")
    for text in ("2023-04-01", "2024-03-31"):
        found = on(text)["Cumberland"]
        assert (found.sign_up.status, found.inherited_from, found.since) == ("amber", ("cumbria",), day("2023-04-01"))
        assert found.sign_up.reason == "Declaration made, inherited from Cumbria until 1 April 2024"
    after = on("2024-04-01")["Cumberland"]
    assert (after.sign_up.status, after.inherited_from) == ("red", ())
    assert after.sign_up.reason == "No declaration recorded"


def test_only_the_areas_that_are_new_since_2014_are_red_now() -> None:
    assert of_colour("2026-11-22", "red") == {
        "Bournemouth, Christchurch and Poole",
        "Dorset",
        "Buckinghamshire",
        "North Northamptonshire",
        "West Northamptonshire",
        "Cumberland",
        "Westmorland and Furness",
    }


@pytest.mark.parametrize(
    ("name", "last_day", "codes", "kinds"),
    [
        ("Somerset", "2023-03-31", ["E10000027", "E06000066"], ["county", "unitary_authority"]),
        ("North Yorkshire", "2023-03-31", ["E10000023", "E06000065"], ["county", "unitary_authority"]),
        ("Barnsley", "2025-03-31", ["E08000016", "E08000038"], ["metropolitan_district"] * 2),
        ("Sheffield", "2025-03-31", ["E08000019", "E08000039"], ["metropolitan_district"] * 2),
    ],
)
def test_an_authority_that_goes_on_under_another_code_keeps_its_history(
    name: str, last_day: str, codes: list[str], kinds: list[str]
) -> None:
    first_day = date.fromordinal(day(last_day).toordinal() + 1).isoformat()
    before, after = on(last_day)[name], on(first_day)[name]
    assert [before.code, after.code] == codes
    assert [before.kind, after.kind] == kinds
    assert before.sign_up == after.sign_up
    assert (after.since, after.inherited_from) == (day("2014-12-31"), ())


# Partnerships, declarations and plans are three geographies


def test_every_area_of_2014_has_exactly_one_primary_partnership() -> None:
    rows = PartnershipCoverage.objects.filter(is_primary=True).values_list("area__name", flat=True)
    assert Counter(rows) == dict.fromkeys(on("2014-12-31"), 1)
    assert all(area.partnerships for area in on("2014-12-31").values())


def test_the_51_recorded_groups_are_there_and_the_other_areas_stand_on_their_own() -> None:
    """51 groups of two or more bodies, 46 areas without a known one, and two bodies of 2019."""
    assert Partnership.objects.count() == 51 + 46 + 2
    own = group("swindon")
    assert own.public_note == "No joint group is recorded for this area, so it stands here on its own."
    assert own.coverage.get().area.name == "Swindon"
    assert {row.area.name for row in group("north-west-london").coverage.all()} == NORTH_WEST_LONDON
    assert all(Partnership.objects.exclude(public_note__startswith="No joint group").values_list("source", flat=True))


@pytest.mark.parametrize(
    ("area", "primary"),
    [
        ("Leeds", "leeds"),
        ("Kirklees", "calderdale-kirklees-and-wakefield"),
        ("Devon", "devon-whole-geographical-county"),
        ("Cornwall", "peninsula"),
        ("North Yorkshire", "north-yorkshire"),
        ("Bradford", "bradford-airedale-and-craven"),
    ],
)
def test_the_most_local_group_for_the_whole_area_is_the_contact(area: str, primary: str) -> None:
    assert on("2014-12-31")[area].partnerships[0] == primary


def test_craven_is_in_bradfords_group_as_a_part_of_north_yorkshire() -> None:
    row = group("bradford-airedale-and-craven").coverage.get(area__name="North Yorkshire")
    assert (row.extent, row.label, row.is_primary) == ("part", "Craven", False)
    assert not DeclarationCoverage.objects.filter(area__name="North Yorkshire").exclude(
        declaration__partnership__slug="north-yorkshire"
    )


@pytest.mark.parametrize(
    ("partnership", "expected"),
    [
        (
            "essex-southend-and-thurrock",
            {
                "North Essex": {"Essex"},
                "South East Essex": {"Essex", "Southend-on-Sea"},
                "South West Essex": {"Essex", "Thurrock"},
            },
        ),
        (
            "south-yorkshire",
            {name: {name} for name in ("Barnsley", "Doncaster", "Rotherham", "Sheffield")},
        ),
        ("peninsula", {"Devon (whole geographical county)": {"Devon", "Plymouth", "Torbay"}}),
        ("yorkshire-and-humber-regional-declaration", {"Leeds": {"Leeds"}, "Kirklees": {"Kirklees"}}),
    ],
)
def test_one_declaration_may_expect_several_plans(partnership: str, expected: dict[str, set[str]]) -> None:
    declaration = group(partnership).declarations.get()
    found = {
        expectation.label: {area.name for area in expectation.areas.all()}
        for expectation in declaration.expectations.all()
    }
    assert found == expected
    assert all(declaration.expectations.values_list("source", flat=True))


def test_every_area_declared_once_and_under_the_right_group() -> None:
    rows = DeclarationCoverage.objects.values_list("area__name", "declaration__partnership__slug")
    assert Counter(name for name, _ in rows) == dict.fromkeys(on("2014-12-31"), 1)
    under = dict(rows)
    assert under["Devon"] == under["Cornwall"] == "peninsula"
    assert under["Leeds"] == under["Kirklees"] == "yorkshire-and-humber-regional-declaration"
    assert under["Calderdale"] == "calderdale-kirklees-and-wakefield"


def test_west_mercia_has_a_declaration_for_each_of_its_four_areas() -> None:
    declarations = group("west-mercia-four-local-groups").declarations.all()
    assert sorted([row.area.name for row in each.coverage.all()] for each in declarations) == [
        ["Herefordshire"],
        ["Shropshire"],
        ["Telford and Wrekin"],
        ["Worcestershire"],
    ]


def test_every_declaration_and_plan_names_its_source_and_precision() -> None:
    for published in (Declaration.objects.published(), PlanVersion.objects.published()):
        assert published
        assert all(row.source and row.published_precision in ("day", "by") for row in published)


def test_the_conflicting_claims_about_waltham_forest_are_both_kept_and_the_national_one_decides() -> None:
    declaration = group("waltham-forest").declarations.get()
    assert claims(declaration, "declaration") == [("2014-12-31", "by", True), ("2015-03-31", "by", False)]
    sources = Claim.objects.filter(subject_id=declaration.pk, event="declaration").values_list("source", flat=True)
    assert set(sources) == {"jonrouse.blog.gov.uk/2014/12/31/concordat-map", "walthamforestccg.nhs.uk"}
    assert on("2014-12-30")["Waltham Forest"].sign_up.status == "red"
    assert on("2014-12-31")["Waltham Forest"].sign_up.status == "amber"


def test_every_declaration_follows_one_chosen_claim() -> None:
    chosen = {
        claim.subject_id: (claim.on, claim.precision, claim.source)
        for claim in Claim.objects.filter(subject_type="signatories.declaration", event="declaration", chosen=True)
    }
    declarations = Declaration.objects.all()
    assert chosen == {each.pk: (each.published_on, each.published_precision, each.source) for each in declarations}


# The national programme


def test_the_national_milestones_and_stewards() -> None:
    assert dict(Milestone.objects.values_list("name", "due_on")) == {
        "Declaration": day("2014-12-31"),
        "Action plan": day("2015-03-31"),
    }
    assert list(Steward.objects.order_by("from_on").values_list("name", "from_on", "until_on")) == [
        ("Mind", day("2014-02-18"), day("2016-10-28")),
        ("Department of Health, Home Office and NHS England", day("2016-10-28"), None),
    ]


def test_the_national_launch_and_its_22_and_later_27_signatories() -> None:
    programme = Programme.objects.get()
    assert (programme.launched_on, programme.complete_to) == (day("2014-02-18"), day("2015-04-10"))
    assert claims(programme, "launch") == [("2014-02-18", "day", True)]
    found = Claim.objects.filter(subject_type="signatories.programme", event="signatories")
    told = {(str(claim.on), claim.chosen): claim.text for claim in found}
    assert "22 national bodies" in told["2014-02-18", True]
    assert "27 national bodies" in told["None", False]


def test_what_the_national_source_said_of_declarations_and_plans() -> None:
    programme = Programme.objects.get()
    assert claims(programme, "declaration") == [("2014-12-31", "by", True)]
    assert claims(programme, "plan") == [("2014-12-31", "by", True), ("2015-03-31", "by", False)]


def test_the_sections_and_themes_of_the_national_template() -> None:
    assert list(Section.objects.order_by("position").values_list("code", "also_numbered")) == [
        ("1", "1"),
        ("A", "2"),
        ("B", "3"),
        ("C", "4"),
        ("D", "5"),
    ]
    # The new ideas that the national source names, each of them a theme.
    assert set(Theme.objects.values_list("slug", flat=True)) >= {
        "street-triage",
        "training",
        "partnership-working",
        "crisis-care-pathways",
        "children-and-young-people",
        "housing",
    }


# Hertfordshire


def test_hertfordshire_claims_22_signatories_and_names_its_known_partners() -> None:
    declaration = hertfordshire().declarations.get()
    assert declaration.claimed_signatory_count == 22
    assert claims(declaration, "signatories") == [("2015-04-10", "by", True)]
    signature = Signature.objects.get()
    assert (signature.declaration, signature.as_type) == (declaration, "police_commissioner")
    assert signature.signed_on is None
    assert {member.name_as_written for member in hertfordshire().members.all()} == {
        "Police and Crime Commissioner for Hertfordshire",
        "Hertfordshire County Council",
    }
    assert all(member.organisation for member in hertfordshire().members.all())


def test_hertfordshire_meant_to_sign_at_the_end_of_october_2014() -> None:
    declaration = hertfordshire().declarations.get()
    assert claims(declaration, "intended") == [("2014-10-31", "by", True)]
    assert claims(declaration, "declaration") == [("2014-12-31", "by", True)]
    assert on("2014-11-30")["Hertfordshire"].sign_up.status == "red"


def test_two_office_holders_of_hertfordshire_spoke_on_10_april_2015() -> None:
    found = hertfordshire().statements.filter(said_on=day("2015-04-10"))
    assert {(said.person.name, said.role, str(said.organisation)) for said in found} == {
        (
            "David Lloyd",
            "Police and Crime Commissioner for Hertfordshire",
            "Police and Crime Commissioner for Hertfordshire",
        ),
        ("Iain MacBeath", "Director of health and community services", "Hertfordshire County Council"),
    }
    assert all(said.text and said.source and said.said_precision == "day" for said in found)
    earlier = hertfordshire().statements.exclude(said_on=day("2015-04-10")).get()
    assert (earlier.person.name, earlier.said_on) == ("David Lloyd", day("2014-10-10"))


def test_people_quoted_in_public_have_no_account() -> None:
    people = Person.objects.all()
    assert {person.name for person in people} == {"David Lloyd", "Iain MacBeath", "Richard Roberts", "Tom Cahill"}
    assert not any(person.email or person.has_usable_password() or person.is_staff for person in people)


def test_hertfordshires_plan_has_its_aims_and_four_actions() -> None:
    version = PlanVersion.objects.get(plan__partnership=hertfordshire())
    assert (version.published_on, version.published_precision) == (day("2015-04-10"), "day")
    assert "fewer people reach a crisis" in version.aims
    words = ["services there are now", "drink or drugs", "workforce", "single point of access"]
    texts = [each.text for each in version.actions.order_by("position")]
    assert len(texts) == len(words)
    assert all(word in text for word, text in zip(words, texts, strict=True))
    themes = {theme.name for each in version.actions.all() for theme in each.action.themes.all()}
    assert themes == {
        "Crisis care pathways",
        "Drugs and alcohol",
        "Partnership working",
        "Training",
        "Single point of access",
    }
    assert on("2015-04-10")["Hertfordshire"].actions.total == 4


def test_two_boards_oversee_hertfordshire_and_david_lloyd_chairs_one() -> None:
    boards = Board.objects.filter(oversight__partnership=hertfordshire())
    assert {board.kind for board in boards} == {"health_and_wellbeing", "community_safety"}
    chair = BoardChair.objects.get()
    assert (chair.board.kind, str(chair.person)) == ("community_safety", "David Lloyd")
    assert chair.role == "Police and Crime Commissioner for Hertfordshire"
    assert BoardOversight.objects.count() == 2


def test_the_commissioner_can_be_reached() -> None:
    office = Organisation.objects.get(type="police_commissioner")
    assert office.public_phone == "01707 806100"
    assert "AL5 4GZ" in office.public_address
    assert "@HertsPCC" in office.social_media


def test_the_five_year_plan_of_2019_has_five_partners_and_does_not_count_for_the_map() -> None:
    plan = ActionPlan.objects.get(kind="related")
    version = plan.versions.get()
    assert (version.label, version.period_text, version.published_on) == (
        "2019 to 2024",
        "2019-2024",
        day("2019-06-05"),
    )
    assert plan.partnership.members.count() == 5
    assert all(member.organisation for member in plan.partnership.members.all())
    assert "Peer Support Worker Programme" in plan.actions.get().text
    assert {said.person.name for said in plan.partnership.statements.all()} == {"Richard Roberts", "Tom Cahill"}
    found = on("2019-06-05")["Hertfordshire"]
    assert plan.pk not in found.sign_up.plans
    assert found.actions.total == 4
    assert set(Organisation.objects.filter(type="clinical_commissioner").values_list("names__name", flat=True)) == {
        "ENHCCG",
        "HVCCG",
        "CPCCG",
    }


# Hampshire

YOU_SAID = [
    ("help in good time", ["day and night", "by summer 2019"]),
    ("going into hospital", ["home", "community"]),
    ("Where you live", ["same service"]),
    ("for yourself that you are in a crisis", ["refer themselves"]),
    ("Carers", ["carers call"]),
    ("been through it", ["peer support"]),
    ("staff to listen", ["skills"]),
    ("looked after", ["development for staff"]),
]


def test_hampshire_keeps_all_eight_you_said_with_their_we_will() -> None:
    commitments = list(hampshire().commitments.order_by("position"))
    assert len(commitments) == len(YOU_SAID) == 8
    for commitment, (said, answers) in zip(commitments, YOU_SAID, strict=True):
        assert said in commitment.you_said
        promises = [promise.we_will for promise in commitment.promises.order_by("position")]
        assert len(promises) == len(answers)
        assert all(word in text for word, text in zip(answers, promises, strict=True))
        assert commitment.source
        assert commitment.theme


def test_what_hampshire_aspires_to_is_a_hope_and_not_a_promise() -> None:
    hopes = Promise.objects.filter(is_hope=True).order_by("id")
    assert ["summer 2019" in hope.we_will or "same service" in hope.we_will for hope in hopes] == [True, True]
    assert Promise.objects.filter(is_hope=False).count() == 8


def test_summer_2019_is_june_to_august() -> None:
    promise = Promise.objects.get(timescale_text="Summer 2019")
    assert (promise.starts_on, promise.due_on) == (day("2019-06-01"), day("2019-08-31"))
    assert (promise.timescale_kind, promise.timescale_precision) == ("season", "season")
    assert promise.is_hope


def test_the_hampshire_agreement_covers_portsmouth_and_a_part_of_hampshire() -> None:
    rows = hampshire().coverage.order_by("area__name").values_list("area__name", "extent", "label", "is_primary")
    assert list(rows) == [("Hampshire", "part", "South East Hampshire", False), ("Portsmouth", "whole", "", False)]
    assert claims(hampshire(), "agreement") == [("None", "", True)]
    assert not hampshire().plans.exists()


# Loading again


def load_again() -> int:
    """Load the history once more; how many rows and changes that wrote."""
    models = [type(row) for row in (Claim(), Change())] + [
        Partnership,
        PartnershipCoverage,
        PartnershipMember,
        Declaration,
        DeclarationCoverage,
        PlanExpectation,
        ActionPlan,
        PlanCoverage,
        PlanVersion,
        Action,
        Action.themes.through,
        Commitment,
        Promise,
        Organisation,
        Statement,
        Person,
    ]
    before = sum(model._default_manager.count() for model in models)
    counts = load_history()
    assert not +counts
    return sum(model._default_manager.count() for model in models) - before


def test_the_second_run_writes_nothing() -> None:
    assert load_again() == 0


CORRECTIONS: list[tuple[str, Callable[[], Any], str, Any]] = [
    ("the name of a partnership", hertfordshire, "name", "Hertfordshire partners"),
    (
        "the name of an organisation",
        lambda: Organisation.objects.get(type="police_commissioner"),
        "name",
        "Hertfordshire PCC",
    ),
    (
        "the title of Hertfordshire's declaration",
        lambda: hertfordshire().declarations.get(),
        "title",
        "Our declaration",
    ),
    (
        "the title of another declaration",
        lambda: group("norfolk").declarations.get(),
        "title",
        "The Norfolk declaration",
    ),
    ("the source of a declaration", lambda: group("norfolk").declarations.get(), "source", "A better source"),
    ("the claimed number", lambda: hertfordshire().declarations.get(), "claimed_signatory_count", 23),
    ("the title of a plan", lambda: hertfordshire().plans.get(), "title", "Our plan"),
    ("the label of a version", lambda: PlanVersion.objects.get(plan__partnership=hertfordshire()), "label", "v1"),
    ("the aims of a plan", lambda: PlanVersion.objects.get(plan__partnership=hertfordshire()), "aims", "Less crisis"),
    ("the text of an action", lambda: Action.objects.get(text__startswith="Review"), "text", "Review all services"),
    (
        "what people said",
        lambda: Commitment.objects.get(you_said__startswith="Carers"),
        "you_said",
        "Support carers too",
    ),
    ("what is promised", lambda: Promise.objects.get(we_will__contains="carers call"), "we_will", "Carers may call"),
    ("whether it is a hope", lambda: Promise.objects.get(we_will__contains="carers call"), "is_hope", True),
    ("the name of a theme", lambda: Theme.objects.get(slug="carers"), "name", "Family carers"),
    ("the name of a person", lambda: Person.objects.get(name="Tom Cahill"), "name", "Thomas Cahill"),
    ("the words of a statement", lambda: Statement.objects.get(person__name="Tom Cahill"), "text", "Firm ground"),
    (
        "the name of a member",
        lambda: PartnershipMember.objects.get(name_as_written__startswith="Comm"),
        "name_as_written",
        "The commissioners",
    ),
    ("the office that chairs", lambda: BoardChair.objects.get(), "role", "Police commissioner"),
    ("the name of a steward", lambda: Steward.objects.get(name="Mind"), "name", "Mind, the charity"),
    ("the day of a milestone", lambda: Milestone.objects.get(name="Action plan"), "due_on", day("2015-04-30")),
    ("the name of an expected plan", lambda: PlanExpectation.objects.get(label="North Essex"), "label", "Essex North"),
    ("the source of a claim", lambda: Claim.objects.get(event="intended"), "source", "hertscommissioner.org, news"),
    ("the day of a claim", lambda: Claim.objects.get(event="intended"), "on", day("2014-10-30")),
    (
        "the end of a coverage",
        lambda: DeclarationCoverage.objects.get(area__slug="leeds"),
        "until_on",
        day("2016-01-01"),
    ),
    (
        "the part that is covered",
        lambda: PartnershipCoverage.objects.get(label="Craven"),
        "label",
        "Craven district",
    ),
]


def test_loading_again_does_not_undo_an_administrators_corrections() -> None:
    rows = {what: (find(), field, value) for what, find, field, value in CORRECTIONS}
    for row, field, value in rows.values():
        revise(row, by="an administrator", **{field: value})
    Action.objects.get(text__startswith="Set up").themes.clear()
    assert load_again() == 0
    for row, _, _ in rows.values():
        row.refresh_from_db()
    kept = {what: getattr(row, field) for what, (row, field, _) in rows.items()}
    assert kept == {what: value for what, (_, _, value) in rows.items()}


def test_loading_again_does_not_undo_a_withdrawal() -> None:
    declaration = group("norfolk").declarations.get()
    withdraw_declaration(declaration, on=day("2016-01-01"), reason="Replaced", by="an administrator")
    assert load_again() == 0
    assert on("2016-01-01")["Norfolk"].sign_up.status == "red"


def test_loading_again_after_a_second_version_of_a_plan() -> None:
    plan = hertfordshire().plans.get()
    version = PlanVersion.objects.create(plan=plan, label="Second version")
    publish_version(version, on=day("2016-04-10"), by="an administrator")
    assert load_again() == 0
    assert hertfordshire().plans.get().versions.count() == 2


def test_loading_again_after_a_second_declaration() -> None:
    old = hertfordshire().declarations.get()
    new = Declaration.objects.create(partnership=hertfordshire(), title="Renewed declaration", supersedes=old)
    cover(new, Area.objects.get(slug="hertfordshire"))
    publish_declaration(new, on=day("2016-01-01"), by="an administrator")
    assert load_again() == 0
    assert hertfordshire().declarations.count() == 2


def test_loading_again_does_not_take_a_later_member_of_a_group_into_its_old_declaration() -> None:
    """A group that grew in 2024 did not declare for the newcomer in 2014, nor plan for it."""
    newcomers = {
        "cumbria": "cumberland",
        "greater-manchester": "blackburn-with-darwen",
        "west-mercia-four-local-groups": "warwickshire",
    }
    for partnership, area in newcomers.items():
        cover(group(partnership), Area.objects.get(slug=area), from_on=day("2024-06-01"))
    assert load_again() == 0
    assert on("2024-06-01")["Cumberland"].sign_up.status == "red"


# Refusals


def test_the_real_history_is_not_mixed_with_another_programme() -> None:
    Programme.objects.update(slug="made-up")
    with pytest.raises(RefusedError, match="another programme"):
        load_history()


def test_without_the_areas_the_partnerships_are_not_loaded() -> None:
    AreaCode.objects.update(from_on=day("2014-01-01"))
    with pytest.raises(RefusedError, match="Load the areas first"):
        load_partnerships(Keeper(), Programme.objects.get())


# The command


def test_the_command_says_that_nothing_is_new(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_history")
    assert capsys.readouterr().out == "Written: nothing new.\n"


def test_loading_says_how_many_of_what_it_wrote(written: Counter[str]) -> None:
    assert written["partnerships"] == Partnership.objects.count() == 99
    assert written["declarations"] == Declaration.objects.count() == 98
    assert written["commitments"] == 8
    assert written["promises"] == 10
    assert written["claims"] == Claim.objects.count()


def test_every_fact_has_its_change_by_the_command() -> None:
    for model in (Partnership, Declaration, DeclarationCoverage, ActionPlan, Commitment, Claim, Organisation):
        created = Change.objects.filter(
            subject_type=model._meta.label_lower, verb="created", by_command="load_history"
        ).values("subject_id")
        assert set(model._default_manager.values_list("pk", flat=True)) == {row["subject_id"] for row in created}
    published = Change.objects.filter(verb="published", by_command="load_history")
    assert published.count() == Declaration.objects.count() + PlanVersion.objects.count()
