"""Rows that the database refuses, and rows near them that it takes: areas, codes, successions, boundaries."""

from functools import partial

from django.db.models import F

from areas.models import AreaSuccession, Kind, Region
from tests.constraint_rows.case import AFTER, Case, check, dated, labelled, not_empty, one_of, unique
from tests.factories import DAY, make_area, make_boundary, make_code, make_epoch, make_succession

CASES: list[Case] = [
    *dated("area", make_area),
    *one_of("area_region", make_area, "region", Region.values),
    *not_empty("area_has_name", make_area, "name"),
    *unique("areas.area.slug", make_area, same=("slug",), accepted={"another": {"slug": "x"}}),
    *dated("areacode", make_code),
    *one_of("areacode_kind", make_code, "kind", Kind.values),
    *check(
        "areacode_is_upper_tier_of_england",
        make_code,
        refused={
            "a district": {"code": "E07000008"},
            "a Welsh council": {"code": "W06000015"},
            "small letters": {"code": "e10000015"},
            "a digit short": {"code": "E1000001"},
            "a letter for a digit": {"code": "E1000001O"},
            "none": {"code": ""},
        },
        accepted={
            "a county": {"code": "E10000015"},
            "a unitary authority": {"code": "E06000053"},
            "a metropolitan district": {"code": "E08000016"},
            "a London borough": {"code": "E09000001"},
        },
    ),
    *unique(
        "areacode_one_open_per_area",
        make_code,
        same=("area",),
        accepted={"one that has ended": {"until_on": DAY}},
    ),
    *unique("areas.areacode.code", make_code, same=("code",), accepted={"another": {"code": "E10000015"}}),
    *unique(
        "areasuccession_once",
        partial(make_succession, part="Christchurch"),
        same=("predecessor", "successor", "on"),
        first=partial(make_succession, part="Christchurch", on=AFTER),
    ),
    *check(
        "areasuccession_of_two_areas",
        make_succession,
        refused={"an area succeeds itself": {"predecessor": F("successor")}},
        accepted={"the other way round": {"predecessor": F("successor"), "successor": F("predecessor")}},
    ),
    *labelled("areasuccession_part_has_label", make_succession),
    *check(
        "areasuccession_part_has_label",
        make_succession,
        refused={"neither whole nor part": {"extent": "x"}},
        accepted={},
    ),
    *one_of("areasuccession_state", make_succession, "state", AreaSuccession.State.values),
    *unique(
        "areasuccession_one_whole_successor",
        make_succession,
        same=("predecessor",),
        accepted={
            "a part": {"extent": "part", "label": "Christchurch"},
            "one that was cancelled": {"state": "cancelled"},
        },
    ),
    *check(
        "boundaryepoch_digest",
        make_epoch,
        refused={
            "capital letters": {"digest": "0123456789AB"},
            "a digit short": {"digest": "0123456789a"},
            "a letter that is no digit": {"digest": "0123456789ag"},
            "none": {"digest": ""},
        },
        accepted={"all twelve": {"digest": "fedcba987654"}},
    ),
    *not_empty("boundaryepoch_has_shapes", make_epoch, "topojson"),
    *not_empty("boundaryepoch_has_attribution", make_epoch, "attribution"),
    *unique("areas.boundaryepoch.from_on", make_epoch, same=("from_on",), accepted={"another": {"from_on": DAY}}),
    *unique("boundary_once_per_epoch", make_boundary, same=("epoch", "area")),
    *check(
        "boundary_in_england",
        make_boundary,
        refused={
            "too far west": {"west": -7.01},
            "too far east": {"east": 2.51},
            "too far south": {"south": 49.49},
            "too far north": {"north": 56.01},
            "no width": {"west": 0, "east": 0, "label_longitude": 0},
            "no height": {"south": 53, "north": 53, "label_latitude": 53},
            "east and west swapped": {"west": 0, "east": -1},
            "south and north swapped": {"south": 53, "north": 52},
            "in metres of the national grid": {"west": 500_000, "east": 550_000, "south": 190_000, "north": 240_000},
        },
        accepted={"the whole box": {"west": -7, "east": 2.5, "south": 49.5, "north": 56}},
    ),
    *check(
        "boundary_label_inside",
        make_boundary,
        refused={
            "west of the shape": {"label_longitude": -1.01},
            "east of the shape": {"label_longitude": 0.01},
            "south of the shape": {"label_latitude": 51.99},
            "north of the shape": {"label_latitude": 53.01},
        },
        accepted={
            "in the south-west corner": {"label_longitude": -1, "label_latitude": 52},
            "in the north-east corner": {"label_longitude": 0, "label_latitude": 53},
        },
    ),
]
