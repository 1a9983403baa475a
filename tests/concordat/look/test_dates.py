"""A date in three boxes."""

from collections.abc import Iterator
from datetime import date
from importlib import import_module

import pytest

from concordat.look.dates import EXAMPLE, DatePartsField
from concordat.look.forms import GovukForm


class Form(GovukForm):
    on = DatePartsField(label="When?", help_text="For example 27 3 2026")


def filled_in(*parts: str) -> Form:
    return Form({f"on_{number}": part for number, part in enumerate(parts)})


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("27", "3", "2015"), date(2015, 3, 27)),
        ((" 1 ", "01", "2015"), date(2015, 1, 1)),
        (("29", "2", "2016"), date(2016, 2, 29)),
        (("1", "nov", "2026"), date(2026, 11, 1)),
        (("1", "Sept.", "2026"), date(2026, 9, 1)),
        (("31", "DECEMBER", "2026"), date(2026, 12, 31)),
    ],
)
def test_a_day_of_the_calendar(parts: tuple[str, ...], expected: date) -> None:
    form = filled_in(*parts)
    assert form.is_valid()
    assert form.cleaned_data["on"] == expected


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (("", "", ""), "Fill in “When?”."),
        (("27", "", "2015"), "The date must include a month."),
        (("", "", "2015"), "The date must include a day and a month."),
        (("29", "2", "2015"), "That is not a real date. Write it like 27 3 2026."),
        (("1", "ju", "2015"), "That is not a real date. Write it like 27 3 2026."),
        (("1", "novem-ber", "2015"), "That is not a real date. Write it like 27 3 2026."),
        (("1", "marchx", "2015"), "That is not a real date. Write it like 27 3 2026."),
        (("x", "3", "2015"), "That is not a real date. Write it like 27 3 2026."),
        (("1", "1", "99999999999999999999"), "That is not a real date. Write it like 27 3 2026."),
        (("1", "1", "9" * 5000), "That is not a real date. Write it like 27 3 2026."),
    ],
)
def test_what_is_no_day_gets_a_sentence(parts: tuple[str, ...], sentence: str) -> None:
    assert filled_in(*parts).errors == {"on": [sentence]}


def test_it_may_be_left_empty_where_it_need_not_be_filled_in() -> None:
    class Optional(GovukForm):
        on = DatePartsField(required=False)

    form = Optional({})
    assert form.is_valid()
    assert form.cleaned_data["on"] is None


def test_each_box_has_its_label_and_opens_the_keys_for_numbers() -> None:
    page = str(Form(initial={"on": date(2015, 3, 27)}))
    for number, label, value in [(0, "Day", 27), (1, "Month", 3), (2, "Year", 2015)]:
        assert f'for="id_on_{number}">{label}</label>' in page
        assert f'name="on_{number}" value="{value}"' in page
    assert page.count('inputmode="numeric"') == 3


def test_the_link_to_its_fault_leads_to_the_first_box() -> None:
    assert list(filled_in("", "", "").error_links()) == [("#id_on_0", "Fill in “When?”.")]


def forms_below(kind: type[GovukForm]) -> Iterator[type[GovukForm]]:
    """Every form of the product."""
    for each in kind.__subclasses__():
        yield each
        yield from forms_below(each)


def test_one_example_everywhere() -> None:
    import_module("concordat.urls")
    fields = [field for form in forms_below(GovukForm) for field in form.base_fields.values()]
    told = [str(each.help_text) for each in fields if isinstance(each, DatePartsField)]
    examples = {words.partition("For example ")[2][:9] for words in told if "For example " in words}
    assert examples == {EXAMPLE}
