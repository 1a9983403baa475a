"""Postcodes as people type them, and where they lie."""

import pytest

from areas import postcodes
from areas.postcodes import border_of, code_of, codes_of, normalised, outward_of, place_elsewhere

HERTFORDSHIRE, SHROPSHIRE, GLOUCESTERSHIRE = "E10000015", "E06000051", "E10000013"
NORTHUMBERLAND, CUMBERLAND = "E06000057", "E06000063"


@pytest.mark.parametrize(
    ("typed", "postcode"),
    [
        ("SG13 8DE", "SG13 8DE"),
        ("sg138de", "SG13 8DE"),
        ("  Sg13   8dE ", "SG13 8DE"),
        ("SG13\u00a08DE", "SG13 8DE"),
        ("S G 1 3 8 D E", "SG13 8DE"),
        ("ＳＧ１３　８ＤＥ", "SG13 8DE"),
        ("SG13-8DE.", "SG13 8DE"),
        ("\u200bSG13 8DE\u202c", "SG13 8DE"),
        ("(e1 6an)", "E1 6AN"),
        ("ec1a1bb", "EC1A 1BB"),
        ("W1A 1AA", "W1A 1AA"),
        ("SO14 OAA", "SO14 0AA"),
        ("SG13", None),
        ("SG13 8D", None),
        ("SG13 8DEE", None),
        ("SG١٣ 8DE", None),
        ("E06000001", None),
        ("GIR 0AA", None),
        ("Hertford", None),
        ("", None),
        ("\x00", None),
    ],
)
def test_a_postcode_is_read_however_it_is_typed(typed: str, postcode: str | None) -> None:
    assert normalised(typed) == postcode


@pytest.mark.parametrize(
    ("typed", "outward"),
    [
        (" sg13 ", "SG13"),
        ("SG13 8", "SG13"),
        ("so14 o", "SO14"),
        ("SG138", None),
        ("e1", "E1"),
        ("EC1A", "EC1A"),
        ("SG13 8DE", None),
        ("E", None),
        ("13", None),
        ("BCP", None),
    ],
)
def test_the_first_half_alone(typed: str, outward: str | None) -> None:
    assert outward_of(typed) == outward


def test_every_start_of_a_run_is_an_english_postcode_and_found() -> None:
    """No rule about borders and other nations takes one away."""
    starts, codes = postcodes._runs()
    assert len(starts) == 38_282
    assert starts == sorted(starts)
    assert [code_of(str(normalised(start))) for start in starts] == codes


@pytest.mark.parametrize(
    ("postcode", "code", "elsewhere", "border"),
    [
        ("SG13 8DE", HERTFORDSHIRE, "", ""),
        ("CF10 1AA", None, "Wales", ""),
        ("SA1 1AA", None, "Wales", ""),
        ("CH5 1AA", None, "Wales", ""),
        ("SY23 1AA", None, "Wales", ""),
        ("NP20 1AA", None, "Wales", ""),
        ("NP16 5AA", None, "Wales", "Wales"),  # Chepstow, on the Welsh side: before the first English postcode
        ("NP16 7AA", GLOUCESTERSHIRE, "", "Wales"),
        ("LL14 1AA", None, "Wales", "Wales"),
        ("LL14 5BU", SHROPSHIRE, "", "Wales"),
        ("SY10 7AA", SHROPSHIRE, "", "Wales"),
        ("EH1 1AA", None, "Scotland", ""),
        ("G1 1AA", None, "Scotland", ""),
        ("TD1 1AA", None, "Scotland", ""),
        ("TD15 1AA", NORTHUMBERLAND, "", "Scotland"),
        ("DG16 5HT", CUMBERLAND, "", "Scotland"),
        ("DG1 1AA", None, "Scotland", ""),
        ("BT1 1AA", None, "Northern Ireland", ""),
        ("JE2 3AB", None, "Jersey", ""),
        ("GY1 1AA", None, "Guernsey", ""),
        ("IM1 1AA", None, "the Isle of Man", ""),
        ("ZZ1 1AA", None, "", ""),
        ("AA1 1AA", None, "", ""),  # before the first run
    ],
)
def test_other_nations_are_never_taken_for_england(
    postcode: str, code: str | None, elsewhere: str, border: str
) -> None:
    assert (code_of(postcode), place_elsewhere(postcode), border_of(postcode)) == (code, elsewhere, border)


@pytest.mark.parametrize(
    ("outward", "codes"),
    [
        ("SG13", (HERTFORDSHIRE,)),
        ("M1", ("E08000003",)),  # and not the area of the last postcode of LU
        ("E1", ("E09000001", "E09000012", "E09000030")),
        ("B60", ("E10000034",)),
        ("LL14", (SHROPSHIRE,)),
        ("CH5", ()),
        ("EH1", ()),
        ("ZZ1", ()),
    ],
)
def test_the_areas_of_a_first_half(outward: str, codes: tuple[str, ...]) -> None:
    assert codes_of(outward) == codes


def test_a_first_half_takes_in_every_run_that_starts_in_it() -> None:
    starts, codes = postcodes._runs()
    assert all(code in codes_of(start[:4].strip()) for start, code in zip(starts, codes, strict=True))
