"""What people type, and the areas that they are shown."""

import random
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from areas import postcodes
from areas.finding import Found, Place, find, known_places, words_of
from areas.loading import load_areas, read_history
from areas.models import AreaSuccession
from tests import factories as make

NOW, THEN = date(2026, 8, 1), date(2015, 4, 10)


@pytest.fixture(scope="module")
def england(django_db_setup: None, django_db_blocker: Any) -> tuple[Place, ...]:
    """Every area of the shipped lists; read once, and taken back from the database."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_areas(read_history(), by="load_areas")
        places = known_places()
        transaction.set_rollback(True)
    return places


def slugs(found: Found) -> list[str]:
    return [place.slug for place in found.places]


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("SG13 8DE", "hertfordshire"),
        ("sg138de", "hertfordshire"),
        ("sg13", "hertfordshire"),
        ("Hertfordshire", "hertfordshire"),
        ("HERTFORDSHIRE county council", "hertfordshire"),
        ("Herts", "hertfordshire"),
        ("hertford", "hertfordshire"),
        ("E10000015", "hertfordshire"),
        ("e08000016", "barnsley"),  # its former code
        ("E10000006", "cumbria"),
        ("Cumbria", "cumbria"),
        ("Cumbria County Council", "cumbria"),
        ("Dorset", "dorset"),
        ("Dorset County Council", "dorset-county"),
        ("Buckinghamshire", "buckinghamshire"),
        ("North Yorkshire County Council", "north-yorkshire"),
        ("Bristol, City of", "bristol"),
        ("the City of Bristol", "bristol"),
        ("Hull", "kingston-upon-hull"),
        ("Hull City Council", "kingston-upon-hull"),
        ("St. Helens", "st-helens"),
        ("saint helens", "st-helens"),
        ("st helen's metropolitan borough council", "st-helens"),
        ("Kensington & Chelsea", "kensington-and-chelsea"),
        ("Royal Borough of Kensington and Chelsea", "kensington-and-chelsea"),
        ("London Borough of Camden", "camden"),
        ("City of London Corporation", "city-of-london"),
        ("Westminster City Council", "westminster"),
        ("stoke upon trent", "stoke-on-trent"),
        ("SOUTHEND-ON-SEA", "southend-on-sea"),
        ("Durham", "county-durham"),
        ("Scilly", "isles-of-scilly"),
        ("Brístol", "bristol"),
        ("BCP", "bournemouth-christchurch-and-poole"),
        ("B&NES", "bath-and-north-east-somerset"),
        ("Salop", "shropshire"),
    ],
)
def test_one_area_is_meant(england: tuple[Place, ...], typed: str, slug: str) -> None:
    found = find(typed, england, NOW)
    assert found.only is not None
    assert found.only.slug == slug


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("kingston", ["kingston-upon-hull", "kingston-upon-thames"]),
        ("Bournemouth", ["bournemouth-christchurch-and-poole", "bournemouth"]),
        ("Northamptonshire", ["north-northamptonshire", "west-northamptonshire", "northamptonshire"]),
        ("yorkshire", ["east-riding-of-yorkshire", "north-yorkshire"]),
        ("Cheshire", ["cheshire-east", "cheshire-west-and-chester", "halton", "warrington"]),
        ("south yorkshire", ["barnsley", "doncaster", "rotherham", "sheffield"]),
        ("e1", ["city-of-london", "hackney", "tower-hamlets"]),
    ],
)
def test_several_areas_may_be_meant(england: tuple[Place, ...], typed: str, expected: list[str]) -> None:
    found = find(typed, england, NOW)
    assert slugs(found) == expected
    assert found.only is None
    assert not found.is_guess


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Hertforshire", "hertfordshire"),
        ("Herefordshir e", "herefordshire"),
        ("Leister", "leicester"),
        ("Glouster", "gloucestershire"),
        ("Southhampton", "southampton"),
        ("Wolverhamton", "wolverhampton"),
        ("Westmoreland", "westmorland-and-furness"),
        ("Isle of White", "isle-of-wight"),
        ("East Hertfordshire", "hertfordshire"),
        ("Hertford in Hertfordshire", "hertfordshire"),
    ],
)
def test_a_guess_is_offered_and_never_taken_for_granted(england: tuple[Place, ...], typed: str, first: str) -> None:
    found = find(typed, england, NOW)
    assert slugs(found)[0] == first
    assert found.is_guess
    assert found.only is None


@pytest.mark.parametrize(
    ("typed", "count"), [("London", 33), ("north west", 24), ("yorkshire & the humber", 15), ("North-East", 12)]
)
def test_a_region_is_the_list_of_its_areas(england: tuple[Place, ...], typed: str, count: int) -> None:
    found = find(typed, england, NOW)
    assert len(found.places) == count
    assert len({place.region for place in found.places}) == 1
    assert "These are the areas of the region" in found.remark


@pytest.mark.parametrize(
    ("typed", "remark"),
    [
        ("CF10 1AA", "CF10 1AA is a postcode in Wales. This site covers England only."),
        ("bt1", "BT1 is a postcode in Northern Ireland. This site covers England only."),
        ("ZZ1 1AA", "We do not know the postcode ZZ1 1AA. Check it and try again."),
        ("zz1", "We do not know postcodes that begin with ZZ1."),
        ("Scotland", "This site does not cover Scotland, only England."),
        ("Newcastle-under-Lyme", ""),
        ("Hitchin", ""),
        ("a", ""),
        ("council", ""),
        ("北京", ""),
        ("'; DROP TABLE areas_area; --", ""),
        ("(a+)+$", ""),
        ("\x00\ud800", ""),
        ("", ""),
    ],
)
def test_nothing_is_found_and_why(england: tuple[Place, ...], typed: str, remark: str) -> None:
    found = find(typed, england, NOW)
    assert (found.places, found.remark) == ((), remark)


def test_near_a_border_it_is_not_taken_for_granted(england: tuple[Place, ...]) -> None:
    found = find("SY10 7AA", england, NOW)
    assert slugs(found) == ["shropshire"]
    assert found.only is None
    assert found.remark == "SY10 7AA is near the border with Wales. If it is in England, this is where it lies."


@pytest.mark.parametrize(
    ("typed", "then"),
    [
        ("CA1 1AA", ["cumbria"]),
        ("LA9 4AA", ["cumbria"]),
        ("NN1 1AA", ["northamptonshire"]),
        ("HP19 8AA", ["buckinghamshire-county"]),
        ("TA1 1AA", ["somerset"]),  # the council went on as another kind
        ("S1 1AA", ["sheffield"]),  # only its code changed
        ("BH1 1AA", ["bournemouth", "dorset-county", "poole"]),
        ("Dorset", ["dorset-county"]),
        (
            "Berkshire",
            ["bracknell-forest", "reading", "slough", "west-berkshire", "windsor-and-maidenhead", "wokingham"],
        ),
    ],
)
def test_on_an_earlier_day_it_is_the_area_of_that_day(england: tuple[Place, ...], typed: str, then: list[str]) -> None:
    assert slugs(find(typed, england, THEN)) == then


def test_the_day_on_which_an_area_begins_is_its_own(england: tuple[Place, ...]) -> None:
    assert slugs(find("CA1 1AA", england, date(2023, 3, 31))) == ["cumbria"]
    assert slugs(find("CA1 1AA", england, date(2023, 4, 1))) == ["cumberland"]


def test_a_postcode_of_every_area_finds_it(england: tuple[Place, ...]) -> None:
    """One drawn from the runs of each of the 153 areas; those by a border with the question whether it is there."""
    starts, codes = postcodes._runs()
    draw = random.Random(153)  # noqa: S311 no secrets
    present = [place for place in england if place.exists_on(NOW)]
    assert len(present) == 153
    for place in present:
        postcode = draw.choice([start for start, code in zip(starts, codes, strict=True) if code in place.codes])
        found = find(postcode, england, NOW)
        assert slugs(found) == [place.slug], postcode
        assert found.only is not None or postcodes.border_of(str(postcodes.normalised(postcode)))


def test_every_name_and_code_finds_its_area(england: tuple[Place, ...]) -> None:
    for place in england:
        for typed in (*place.names, *place.codes, place.slug, place.name.upper()):
            assert place in find(typed, england, place.last_day or NOW).places, typed


def malformed(draw: random.Random) -> str:
    """Something that nobody should type: pieces of text, of code and of noise, in any order and of any length."""
    pieces = [
        "SG13", "8DE", "sg1 3", "E0600000", "London", "Borough of", "Hertf", "&", "St.", "£$%^", "%00", "-", "0", "\t",
        "\x00", "\ud800", "\u202e", "\ufffd", "😀", "👩\u200d🚒", "ابجد", "e\u0301" * 20, "ﷺ" * 9, "٣", "𝓗𝓮𝓻𝓽𝓼", "ß",
        "<script>alert(1)</script>", "' OR 1=1; --", "{{ 7*7 }}", "(a*)*b", "\\", "../../etc/passwd", "\r\nCookie: a=b",
    ]  # fmt: skip
    noise = "".join(chr(draw.randrange(0x110000)) for _ in range(draw.randrange(12)))
    return "".join(draw.choices([*pieces, noise], k=draw.randrange(9))) * draw.choice([1, 1, 1, 1, 1, 1, 1, 1, 1, 30])


@pytest.mark.slow
def test_a_thousand_malformed_searches_never_fail(england: tuple[Place, ...]) -> None:
    draw = random.Random(1000)  # noqa: S311 no secrets
    for _ in range(1000):
        typed = malformed(draw)[:60]
        found = find(typed, england, draw.choice([NOW, THEN]))
        assert found.only is None or len(found.places) == 1
        assert set(found.places) <= set(england)


@given(typed=st.text(max_size=60))
def test_no_text_makes_it_fail(england: tuple[Place, ...], typed: str) -> None:
    assert set(find(typed, england, NOW).places) <= set(england)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("St. Helens", ("saint", "helens")),
        ("Kensington & Chelsea", ("kensington", "chelsea")),
        ("Stoke-on-Trent", ("stoke", "trent")),
        ("Kingston upon Hull, City of", ("kingston", "hull", "city")),
        ("  KING'S   lynn ", ("kings", "lynn")),
        ("Ｃａｆé", ("cafe",)),
        ("N. Lincs.", ("n", "lincolnshire")),
        ("—", ()),
    ],
)
def test_the_words_that_tell_a_name_from_others(name: str, words: tuple[str, ...]) -> None:
    assert words_of(name) == words


# What is read from the database


@pytest.mark.django_db
@pytest.mark.parametrize("areas", [1, 40])
def test_two_queries_however_many_areas_there_are(
    areas: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(areas):
        make.make_succession(predecessor=make.make_area(), successor=make.make_area())
    with django_assert_num_queries(2):
        assert len(known_places()) == 2 * areas


@pytest.mark.django_db
def test_an_area_that_is_only_planned_is_not_found() -> None:
    planned = make.make_area(name="Greater Essex")
    make.make_succession(successor=planned, state=AreaSuccession.State.PLANNED)
    assert find("Greater Essex", known_places(), NOW).places == ()


@pytest.mark.django_db
def test_an_area_knows_what_it_came_from_and_became() -> None:
    old, new = make.make_area(name="Old", until_on=NOW), make.make_area(name="New", from_on=NOW)
    make.make_succession(predecessor=old, successor=new, on=NOW, part="the south")
    first, second = known_places()
    assert [(step.name, step.on, step.part) for step in second.successors] == [("New", NOW, "the south")]
    assert [(step.slug, step.on, step.part) for step in first.predecessors] == [(old.slug, NOW, "the south")]
