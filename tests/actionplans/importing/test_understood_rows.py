"""What rows and columns of a plan are taken for, in tables of examples."""

import pytest

from actionplans.importing.tables import WITHOUT_RESULT, Cell, Warned
from actionplans.importing.understanding.shapes import Understood
from tests.actionplans.importing.understood import CAFE, HEAD, asked, keys, lines, understood


@pytest.mark.parametrize(
    "action",
    [
        "Agreed: joint protocol for section 136",
        "Notes: share the crisis plan with GPs",
        "Signed: information sharing agreement",
        "Source: commission a new provider",
        "Key: holder policy for the suite",
        "Date of next inspection to be agreed",
        "Updated on-call rota for AMHPs",
        "Page 1 of the website to be rewritten",
        "Last reviewed protocol to be refreshed",
        "N.B. review the cells policy",
        "Footnote: consent forms to be revised",
        "Version control of shared care plans",
        "Total number of detentions to be reported",
    ],
)
@pytest.mark.parametrize("told", [("Northshire Police", "March 2016"), ("", "March 2016"), ("Northshire Police", "")])
def test_an_action_with_a_lead_or_a_time_is_no_note(action: str, told: tuple[str, str]) -> None:
    found = understood(HEAD[1:], CAFE[1:], (action, *told))
    assert [one.action for one in lines(found)] == [CAFE[1], action]


@pytest.mark.parametrize(
    "row",
    [
        ("Total actions", "2", ""),
        ("Notes:", "", ""),
        ("Date of next meeting:", "4 May 2015", ""),
    ],
)
def test_what_stands_below_a_table_is_still_a_note_and_is_told(row: tuple[str, ...]) -> None:
    found = understood(HEAD[1:], CAFE[1:], row)
    assert [one.action for one in lines(found)] == [CAFE[1]]
    assert [one.what for one in found.fates if one.row == 3] == ["note"]
    assert [one.text for one in found.warnings if one.at == "S!A3"] == [
        f"“{row[0]}” was taken for a note below the table, and for no action."
    ]


@pytest.mark.parametrize(("answer", "actions"), [("note", 1), ("keep", 2)])
def test_a_lone_text_that_begins_as_a_note_is_asked_about(answer: str, actions: int) -> None:
    rows = (HEAD[1:], CAFE[1:], ("Notes: share the crisis plan with GPs", "", ""))
    found = understood(*rows)
    assert asked(found, "action") == [
        "“Notes: share the crisis plan with GPs” stands among the actions and begins as a note does. Which is it?"
    ]
    assert len(lines(found)) == 1
    answered = understood(*rows, answers={keys(found, "action")[0]: answer})
    assert (len(lines(answered)), asked(answered, "action")) == (actions, [])


@pytest.mark.parametrize("mark", ['"', "”", "″", "〃", "′′", "''", '-"-', "- ″ -", "ditto", "As above"])
def test_a_ditto_mark_says_what_stands_above(mark: str) -> None:
    found = understood(HEAD, CAFE, ("A2", "Train the staff of the cafe", mark, mark))
    (_, line) = lines(found)
    assert ([one.organisation for one in line.leads], str(line.timescale.end)) == (["police"], "2016-03-31")


@pytest.mark.parametrize(
    "heading",
    [
        "Confidential update",
        "Internal comments",
        "Restricted progress",
        "Progress (internal)",
        "Progress - not for publication",
        "Private notes on progress",
        "Outcome (confidential)",
        "Comments, not to be shared",
    ],
)
def test_a_column_headed_as_private_is_a_note_and_is_asked_about(heading: str) -> None:
    found = understood((*HEAD, heading), (*CAFE, "The chief is blocking this"))
    (line,) = lines(found)
    assert [one.text for one in line.notes] == ["The chief is blocking this"]
    assert (line.progress, line.outcome, line.measure) == ((), "", "")
    assert [one.choices[0].value for one in found.questions if one.kind == "column"] == ["notes"]
    key = keys(found, "column")[0]
    (line,) = lines(understood((*HEAD, heading), (*CAFE, "The chief is blocking this"), answers={key: "progress"}))
    assert [one.text for one in line.progress] == ["The chief is blocking this"]


@pytest.mark.parametrize(
    ("heading", "what"),
    [("Private sector partners", "working_with"), ("Internal ref", "reference"), ("Progress", "progress")],
)
def test_other_headings_hold_what_they_say(heading: str, what: str) -> None:
    found = understood((*HEAD[1:], heading), (*CAFE[1:], "A1"))
    assert [str(field) for field in found.columns[3].fields] == [what]


@pytest.mark.parametrize(
    ("columns", "cells_there", "status"),
    [
        (("Date completed",), ("30/4/2015",), "completed"),
        (("Date completed",), ("",), None),
        (("Completed on",), ("April 2015",), "completed"),
        (("Completed on",), ("Complete",), "completed"),
        (("Completed on",), ("Ongoing",), "in_progress"),
        (("Completed on",), ("n/a",), None),
        (("Completed on",), ("Not yet",), None),
        (("Status", "Date completed"), ("", "30/4/2015"), "completed"),
        (("Status", "Date completed"), ("In progress", "30/4/2015"), "in_progress"),
        (("Revised date",), ("Complete",), "completed"),
        (("Revised date",), ("June 2016",), None),
    ],
)
def test_a_day_of_completion_says_that_the_action_is_completed(
    columns: tuple[str, ...], cells_there: tuple[str, ...], status: str | None
) -> None:
    (line,) = lines(understood((*HEAD, *columns), (*CAFE, *cells_there)))
    assert line.status == status


def test_a_day_of_completion_beside_another_status_is_told() -> None:
    found = understood((*HEAD, "Status", "Date completed"), (*CAFE, "In progress", "30/4/2015"))
    assert [one.text for one in found.warnings] == [
        "A day of completion stands here, “30/4/2015”, and beside it that the action is in progress. That was taken."
    ]


AMERICAN = ("04/13/2015", "12/31/2015", "05/01/2015", "March 2016")


def due(*times: str, answers: dict[str, str] | None = None) -> tuple[list[str], Understood]:
    """When actions with these times are due."""
    rows = [(f"A{at}", f"Do the thing that has number {at}", "NPFT", text) for at, text in enumerate(times, 1)]
    found = understood(HEAD, *rows, answers=answers)
    return [str(one.timescale.end) for one in lines(found)], found


def test_a_column_that_puts_the_month_first_is_asked_about_once() -> None:
    days, found = due(*AMERICAN)
    assert days == ["2015-04-13", "2015-12-31", "None", "2016-03-31"]
    assert asked(found, "column") == [
        "In the column “Timescale”, “04/13/2015” puts the month first, as America does. "
        "How are dates such as “05/01/2015” to be read there?"
    ]
    assert asked(found, "timescale") == []


@pytest.mark.parametrize(("answer", "day"), [("month", "2015-05-01"), ("day", "2015-01-05")])
def test_the_answer_holds_for_the_whole_column(answer: str, day: str) -> None:
    key = keys(due(*AMERICAN)[1], "column")[0]
    days, found = due(*AMERICAN, answers={key: answer})
    assert days == ["2015-04-13", "2015-12-31", day, "2016-03-31"]
    assert lines(found)[2].timescale.text == "05/01/2015"
    assert asked(found, "column") == []


@pytest.mark.parametrize(
    "times",
    [("13/04/2015", "05/01/2015"), ("05/01/2015", "March 2016"), ("04/13/2015", "13/04/2015", "05/01/2015")],
)
def test_other_columns_are_not_asked_about(times: tuple[str, ...]) -> None:
    days, found = due(*times)
    assert days[times.index("05/01/2015")] == "2015-01-05"
    assert asked(found, "column") == []


def struck(at: str, text: str, part: str = "") -> Cell:
    return Cell(at, text, struck=part or text)


def test_a_time_that_is_struck_through_is_asked_about() -> None:
    rows = (HEAD, (*CAFE[:3], struck("S!D2", "May 2015")), ("A2", "Train staff", "NPFT", struck("S!D3", "As agreed")))
    found = understood(*rows)
    assert [(one.timescale.text, one.timescale.end) for one in lines(found)] == [
        ("May 2015", None),
        ("As agreed", None),
    ]
    assert asked(found, "timescale") == [
        "“May 2015”: The date is struck through. Which holds now?",
        "“As agreed”: This is struck through. When is it due now?",
    ]
    first, second = keys(found, "timescale")
    answered = lines(understood(*rows, answers={first: "2015-05-31", second: "none"}))
    assert [str(one.timescale.end) for one in answered] == ["2015-05-31", "None"]


def test_a_lead_that_is_struck_through_is_asked_about() -> None:
    rows = (HEAD, ("A1", "Open a crisis cafe", struck("S!C2", "Northshire Police"), "March 2016"))
    found = understood(*rows)
    assert lines(found)[0].leads == ()
    assert asked(found, "lead") == [
        "“Northshire Police” is struck through, and nobody else stands there. Does it still lead?"
    ]
    key = keys(found, "lead")[0]
    assert [one.organisation for one in lines(understood(*rows, answers={key: "holds"}))[0].leads] == ["police"]
    assert lines(understood(*rows, answers={key: "none"}))[0].leads == ()


def test_what_stands_beside_something_struck_through_holds() -> None:
    rows = (HEAD, (*CAFE[:3], struck("S!D2", "May 2015 June 2016", "May 2015")))
    found = understood(*rows)
    assert str(lines(found)[0].timescale.current.end) == "2016-06-30"
    assert found.questions == ()


def test_a_whole_row_that_is_struck_through_is_one_question() -> None:
    found = understood(HEAD, tuple(struck(f"S!{chr(65 + at)}2", text) for at, text in enumerate(CAFE)))
    (line,) = lines(found)
    assert ([one.organisation for one in line.leads], str(line.timescale.end)) == (["police"], "2016-03-31")
    assert [one.kind for one in found.questions] == ["struck"]


SECOND = ("B1", "Put a nurse in the control room", "NPFT", "June 2015")
THIRD = ("B2", "Agree the section 136 protocol", "NPFT", "September 2015")


@pytest.mark.parametrize("between", [(), ("",)])
def test_tables_side_by_side_are_not_mixed(between: tuple[str, ...]) -> None:
    titles = ("A. Access to support before crisis point", "", "", "", *between, "B. Urgent and emergency access")
    rows = (titles, (*HEAD, *between, *HEAD), (*CAFE, *between, *SECOND), ("", "", "", "", *between, *THIRD))
    found = understood(*rows)
    read = [(one.reference, one.action, one.place.code, str(one.timescale.end)) for one in lines(found)]
    assert read == [
        (*CAFE[:2], "A", "2016-03-31"),
        ("B1", SECOND[1], "B", "2015-06-30"),
        ("B2", THIRD[1], "B", "2015-09-30"),
    ]
    assert [lead.organisation for one in lines(found) for lead in one.leads] == ["police", "mh-trust", "mh-trust"]
    assert asked(found, "layout") == []
    assert any("stand side by side" in one.text for one in found.warnings)


@pytest.mark.parametrize("more", [("Progress", "Progress"), ("Ref", "Action"), ("RAG", "RAG", "Outcome", "Outcome")])
def test_a_heading_that_stands_twice_makes_no_second_table(more: tuple[str, ...]) -> None:
    assert len(lines(understood((*HEAD, *more), (*CAFE, *more)))) == 1


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Open a crisis cafe in Oakfield¹", "Open a crisis cafe in Oakfield"),
        ("Open a crisis cafe in Oakfield.² ³", "Open a crisis cafe in Oakfield."),
        ("Train staff¹, ² and carers³", "Train staff and carers"),
        ("Find a room of 40 m²", "Find a room of 40 m²"),
    ],
)
def test_the_mark_of_a_footnote_is_no_part_of_a_text(text: str, read: str) -> None:
    (line,) = lines(understood(HEAD, ("A2³", text, "Northshire Police²", "2015/16²")))
    assert (line.reference, line.action, str(line.timescale.end)) == ("A2", read, "2016-03-31")
    assert [one.organisation for one in line.leads] == ["police"]


def test_formulas_without_a_result_are_one_question() -> None:
    rows = (HEAD, (*CAFE[:3], ""), ("A2", "Train staff", "", "March 2016"), ("Total actions", "", "", ""))
    warnings = tuple(Warned(at, WITHOUT_RESULT) for at in ("S!D2", "S!C3", "S!B4", "Other!B2"))
    found = understood(*rows, warnings=warnings)
    (question,) = (one for one in found.questions if one.kind == "column")
    assert (question.cells, question.choices[0].value) == (("S!D2", "S!C3"), "empty")
    assert asked(understood(*rows, warnings=warnings, answers={question.key: "empty"}), "column") == []
    assert asked(understood(*rows, warnings=(Warned("S!D2", "Another thing"), Warned("", "Else"))), "column") == []


@pytest.mark.parametrize(
    ("action", "is_told"),
    [
        ("1. Agree the protocol\n2. Publish it", True),
        ("(a) agree the protocol\n(b) publish it\n(c) review it", True),
        ("1) Agree the protocol\nwith all partners\n2) Publish it", True),
        ("Agree the protocol, in steps:\n1. draft\n2. publish", False),
        ("1. Agree the protocol", False),
        ("1.1 Agree the protocol\n2.1 Publish it", False),
        ("A protocol\nB protocol", False),
    ],
)
def test_a_cell_that_counts_several_actions_is_told_of(action: str, is_told: bool) -> None:
    found = understood(HEAD[1:], CAFE[1:], (action, "Northshire Police", "March 2016"))
    assert [warned.at for warned in found.warnings if "several actions" in warned.text] == ["S!A3"] * is_told
    assert len(lines(found)) == 2


DAYS = ("30/09/2015", "31/12/2015", "31/03/2016")


def under(heading: str, *more: str, filled: tuple[str, ...] = ()) -> list[str | None]:
    """When three actions are due that stand below this heading, with other columns before it; and what is asked."""
    rows = [
        (f"A{at}", f"Do the thing of number {at}", "Northshire Police", *filled, day) for at, day in enumerate(DAYS, 1)
    ]
    found = understood((*HEAD[:3], *more, heading), *rows)
    days = [str(one.timescale.end) if one.timescale and one.timescale.end else None for one in lines(found)]
    return [*days, *asked(found, "column")]


@pytest.mark.parametrize("heading", ["Completion", "Completed by", "Complete by"])
def test_completion_above_days_says_when_they_are_due(heading: str) -> None:
    assert under(heading) == ["2015-09-30", "2015-12-31", "2016-03-31"]


def test_completion_beside_a_start_is_the_finish() -> None:
    assert under("Completion", "Start", filled=("1 June 2015",)) == ["2015-09-30", "2015-12-31", "2016-03-31"]


def test_completed_above_days_alone_is_asked() -> None:
    *days, question = under("Completed")
    assert days == ["2015-09-30", "2015-12-31", "2016-03-31"]
    assert "Completed" in str(question)


def test_completed_beside_a_time_is_when_it_was_done() -> None:
    found = understood(
        (*HEAD, "Completion"), ("A1", "Open a cafe in town", "Northshire Police", "May 2015", "30/04/2015")
    )
    (line,) = lines(found)
    assert (line.completed and str(line.completed.end), line.timescale and str(line.timescale.end)) == (
        "2015-04-30",
        "2015-05-31",
    )


def test_small_letters_with_a_lead_and_a_time_are_actions_of_their_own() -> None:
    found = understood(
        HEAD,
        ("1", "Improve the response to people who call often", "Northshire Police", "May 2015"),
        ("", "a) share data monthly", "NPFT", "Oct 2015"),
        ("", "b) write plans for the top twenty", '"', "Nov 2015"),
        ("", "and their families", "", ""),
    )
    assert [one.action for one in lines(found)] == [
        "Improve the response to people who call often",
        "a) share data monthly",
        "b) write plans for the top twenty\nand their families",
    ]
    assert [str(one.timescale.end) for one in lines(found) if one.timescale] == [
        "2015-05-31",
        "2015-10-31",
        "2015-11-30",
    ]


def test_numbers_below_priority_that_count_the_actions_are_asked_about() -> None:
    rows = [(str(at), f"Do the thing of number {at}", "Northshire Police", "May 2015") for at in range(1, 6)]
    found = understood(("Priority", *HEAD[1:]), *rows)
    assert [one.reference for one in lines(found)] == ["1", "2", "3", "4", "5"]
    assert "Priority" in asked(found, "column")[0]
    ranked = understood(("Priority", *HEAD[1:]), *((str(at % 2 + 1), *row[1:]) for at, row in enumerate(rows)))
    assert (asked(ranked, "column"), [one.reference for one in lines(ranked)]) == ([], [""] * 5)


@pytest.mark.parametrize("text", ["L = lead, S = support", "Actions in grey are complete", "Rows shaded red are late"])
def test_what_explains_a_table_below_it_is_a_note(text: str) -> None:
    found = understood(HEAD, ("A1", *CAFE[1:]), (text, "", "", ""))
    assert [one.what for one in found.fates][-1] == "note"
    assert not asked(found, "section")


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Early intervention and prevention", "A"),
        ("Commissioning and early intervention", "1"),
        ("Urgent and emergency access", "B"),
        ("Quality of treatment", "C"),
    ],
)
def test_headings_fit_a_national_section(heading: str, code: str) -> None:
    found = understood(HEAD, (heading, "", "", ""), ("1", *CAFE[1:]))
    assert [one.place.code for one in lines(found)] == [code]


@pytest.mark.parametrize("heading", ["Social care", "Crisis response", "Mental health training"])
def test_headings_that_share_but_a_word_with_a_national_section_are_asked(heading: str) -> None:
    found = understood(HEAD, (heading, "", "", ""), ("1", *CAFE[1:]))
    assert [one.place.code for one in lines(found)] == [None]
    assert heading in asked(found, "section")[0]


def test_a_key_may_name_its_colours_by_their_letters() -> None:
    found = understood(
        ("R = not started, A = under way, G = complete", "", "", "", ""),
        (*HEAD, "RAG"),
        ("A1", *CAFE[1:], "R"),
        ("A2", "Do another thing", "Northshire Police", "May 2015", "Green"),
    )
    assert not asked(found, "rag_key")
    assert [one.status for one in lines(found)] == ["not_started", "completed"]


@pytest.mark.parametrize(("heading", "status"), [("Completed?", "completed"), ("Update", None)])
def test_yes_says_that_it_is_done_only_where_the_heading_asks_so(heading: str, status: str | None) -> None:
    found = understood((*HEAD, heading), (*CAFE, "Yes"), ("A2", "Do it", "Northshire Police", "May 2015", "Yes"))
    assert [one.status for one in lines(found)] == [status] * 2


def test_plain_words_over_columns_are_a_header_though_the_first_is_blank() -> None:
    found = understood(
        ("", "What we said we would do", "Who's doing it", "When by", "How is it going?"),
        ("1", "Open a cafe in the town", "Northshire Police", "May 2015", "Well"),
    )
    assert [(one.action, one.progress and one.progress[0].text) for one in lines(found)] == [
        ("Open a cafe in the town", "Well")
    ]
