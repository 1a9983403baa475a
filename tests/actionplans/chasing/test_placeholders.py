"""Placeholders: filled in once, from a fixed list, and nothing else is ever read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplans.chasing.placeholders import fault, fill
from actionplans.chasing.policy import Rule
from actionplans.chasing.words import MEANINGS, NAMES, SHIPPED, TEXTS, Words, allowed, faults, required

ALLOWED = ("day", "partnership")


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("By {day}, {partnership}", "By 1 May, North {day}"),  # what a value says is not looked through again
        ("{day}{day}", "1 May1 May"),
        ("{unknown} {day", "{unknown} {day"),
        ("{day.__class__} {0} {} {day!r} {day:>99} {{day}}", "{day.__class__} {0} {} {day!r} {day:>99} {1 May}"),
        ("%s %(day)s $day {% x %} {{ x }}", "%s %(day)s $day {% x %} {{ x }}"),
    ],
)
def test_a_placeholder_is_filled_in_once_and_nothing_else_is_read(text: str, filled: str) -> None:
    assert fill(text, {"day": "1 May", "partnership": "North {day}"}) == filled


@given(st.text(max_size=80))
def test_whatever_is_written_never_raises(text: str) -> None:
    assert isinstance(fill(text, {"day": "1 May"}), str)
    assert isinstance(fault(text, ALLOWED), str)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Please update by {day}.", ""),
        ("Ring Cora on 01632 960001, or write to cora@north.example.org.", ""),
        ("No later than 5.30 p.m. e.g. today", ""),
        ("By {dy}", "“{dy}” is no placeholder here. You may use {day} {partnership}."),
        ("By {due_on}", "“{due_on}” is no placeholder here. You may use {day} {partnership}."),
        ("{day.year}", "Braces stand only around a placeholder. You may use {day} {partnership}."),
        ("{partnership.programme.SECRET_KEY}", "Braces stand only around a placeholder."),
        ("{{day}}", "Braces stand only around a placeholder."),
        ("{day!r} {0}", "Braces stand only around a placeholder."),
        ("{DAY}", "Braces stand only around a placeholder."),
        ("{", "Braces stand only around a placeholder."),
        ("See https://evil.example/", "Links are put in by the program. Take out “https://”"),
        ("javascript://x", "Links are put in by the program."),
        ("See www.evil.example", "Links are put in by the program. Take out “www.”"),
        ("See evil.example now", "Links are put in by the program. Take out “evil.example”, or put a space"),
        ("See пример.рф", "Links are put in by the program. Take out “пример.рф”"),
        ("See उदाहरण.भारत", "Links are put in by the program."),  # vowel signs are marks
        ("See evil。com", "Links are put in by the program. Take out “evil.com”"),
        ("See ｅｖｉｌ．ｃｏｍ", "Links are put in by the program. Take out “evil.com”"),
        ("See evil.c\u00f3m", "Links are put in by the program."),
        ("See evil.co\u0301m", "Links are put in by the program."),
        ("See evil.c\u200bom", "Links are put in by the program."),
        ("See １９２.0.2.1", "Links are put in by the program."),
        ("Über 3.15 p.m. – naïve… 1.2м", ""),
        ("See 192.0.2.1", "Links are put in by the program."),
        ("one.two", "Links are put in by the program. Take out “one.two”, or put a space after the full stop."),
    ],
)
def test_a_fault_is_said_in_a_sentence(text: str, sentence: str) -> None:
    assert fault(text, ALLOWED).startswith(sentence)
    assert bool(fault(text, ALLOWED)) == bool(sentence)


def test_one_that_is_needed_is_asked_for() -> None:
    assert fault("By then", ALLOWED, ("day",)).startswith("“{day}” is missing.")
    assert fault("By {day}", ALLOWED, ("day",)) == ""


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_has_shipped_words_without_a_fault_and_a_name(rule: Rule) -> None:
    assert faults(rule, SHIPPED[rule]) == {}
    assert all(NAMES[rule])
    for text in TEXTS:
        assert set(required(rule, text)) <= set(allowed(rule, text)) <= set(MEANINGS)


@pytest.mark.parametrize(
    ("rule", "text", "names"),
    [
        (Rule.OPENS, "subject", ("day", "partnership")),
        (Rule.DUE_PASSED, "subject", ("partnership",)),
        (Rule.DUE_PASSED, "item", ("partnership", "action", "due", "due_on", "last_update")),
        (Rule.SILENT, "item", ("partnership", "due_on")),
        (Rule.OPENS, "hand_over", ("partnership",)),
    ],
)
def test_which_placeholders_a_text_may_have(rule: Rule, text: str, names: tuple[str, ...]) -> None:
    assert allowed(rule, text) == names


def test_what_is_wrong_with_the_words_of_a_rule_is_told_by_text() -> None:
    wrong = faults(Rule.OPENS, Words("Update", "  ", "{partnership}", "x" * 301, "{day}"))
    assert wrong == {
        "subject": "“{day}” is missing. Without it the reader does not know what it is about.",
        "opening": "Fill in “Opening: what is asked, or what has happened”.",
        "item": "“{due}” is missing. Without it the reader does not know what it is about.",
        "why": "This has 301 characters. Make it 300 or fewer.",
        "hand_over": "“{day}” is no placeholder here. You may use {partnership}.",
    }
