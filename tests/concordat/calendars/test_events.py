"""A calendar as a file: read again with the library, and as lines of text."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from concordat.calendars.events import Event, Revision, calendar, one_line

AT = datetime(2026, 3, 1, 9, 30, 15, tzinfo=UTC)
DAY = date(2026, 3, 29)  # clocks go forward in London


def event(**fields: Any) -> Event:
    own: dict[str, Any] = {
        "key": "action-7-due",
        "day": DAY,
        "title": "Due: B1",
        "text": "B1",
        "address": "/actions/7/",
    }
    return Event(**(own | {"revision": Revision(3, AT)} | fields))


def written(*events: Event, name: str = "Deadlines", is_private: bool = True) -> bytes:
    return calendar(name, events, site="https://x.example", host="x.example", is_private=is_private)


def read(file: bytes) -> Any:
    return Calendar.from_ical(file)


def test_what_an_event_says() -> None:
    [found] = read(written(event())).walk("VEVENT")
    assert {name: str(found[name]) for name in ("UID", "SUMMARY", "DESCRIPTION", "URL", "CLASS", "TRANSP")} == {
        "UID": "action-7-due@x.example",
        "SUMMARY": "Due: B1",
        "DESCRIPTION": "B1",
        "URL": "https://x.example/actions/7/",
        "CLASS": "PRIVATE",
        "TRANSP": "TRANSPARENT",
    }
    assert (found["SEQUENCE"], found["DTSTAMP"].dt, found["LAST-MODIFIED"].dt) == (3, AT, AT)
    assert "VALARM" not in found.to_ical().decode()


def test_a_day_is_a_day_and_no_time() -> None:
    lines = written(event()).decode().splitlines()
    assert "DTSTART;VALUE=DATE:20260329" in lines
    assert "DTEND;VALUE=DATE:20260330" in lines
    assert "X-WR-TIMEZONE:Europe/London" in lines


def test_what_the_calendar_says_of_itself() -> None:
    file = written(name="A, B; C\\D")
    found = read(file)
    assert (str(found["VERSION"]), str(found["CALSCALE"])) == ("2.0", "GREGORIAN")
    for name in ("NAME", "X-WR-CALNAME"):  # texts (RFC 7986), which the library gives back as they stand
        assert f"{name}:A\\, B\\; C\\\\D" in file.decode().splitlines()
    assert found["REFRESH-INTERVAL"].dt == timedelta(hours=12)
    assert str(found["X-PUBLISHED-TTL"]) == "PT12H"
    assert "METHOD" not in found
    assert [each.name for each in found.subcomponents] == ["VTIMEZONE"]  # an empty one has a component too


def test_a_public_one_says_so() -> None:
    [found] = read(written(event(), is_private=False)).walk("VEVENT")
    assert str(found["CLASS"]) == "PUBLIC"


def test_the_same_events_in_any_order_give_the_same_bytes() -> None:
    events = [event(key=f"action-{number}-due", day=DAY + timedelta(days=number % 3)) for number in range(9)]
    assert written(*events) == written(*reversed(events))


HOSTILE = "A\r\nDTSTART:19990101\r\nBEGIN:VALARM;x,y\\z\nEND:VEVENT\rX\x00\x0b\x7f\u2028Y"


@pytest.mark.parametrize("field", ["title", "text"])
def test_nothing_in_a_text_becomes_a_property(field: str) -> None:
    file = written(event(**{field: HOSTILE}))
    [found] = read(file).walk("VEVENT")
    assert found["DTSTART"].dt == DAY
    assert found.subcomponents == []
    said = str(found["SUMMARY" if field == "title" else "DESCRIPTION"])
    assert said.split() == ["A", "DTSTART:19990101", "BEGIN:VALARM;x,y\\z", "END:VEVENT", "X", "Y"]
    assert "\n" not in str(found["SUMMARY"])
    assert not set(file) & {0, 11, 127}


def test_nor_in_the_name_of_the_calendar() -> None:
    found = read(written(event(), name=HOSTILE))
    assert [each.name for each in found.subcomponents] == ["VTIMEZONE", "VEVENT"]
    assert "DTSTART" not in found


def test_long_lines_are_folded_and_read_as_they_were() -> None:
    text = "Krisen-Café für Ältere, 日本語; “done”. " * 60
    file = written(event(text=text.strip()))
    assert max(len(line) for line in file.split(b"\r\n")) <= 75
    assert str(read(file).walk("VEVENT")[0]["DESCRIPTION"]) == text.strip()


def test_a_long_title_is_cut() -> None:
    [found] = read(written(event(title="word " * 90))).walk("VEVENT")
    assert len(str(found["SUMMARY"])) <= 200
    assert str(found["SUMMARY"]).endswith("word…")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_comes_back_in_one_line(text: str) -> None:
    [found] = read(written(event(title=f"T{text}"))).walk("VEVENT")
    assert str(found["SUMMARY"]) == one_line(f"T{text}")
