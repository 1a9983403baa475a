"""Each check finds the one thing that it looks for, and nothing where all is well."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from actionplans.models import DateChange, PlanVersion, ProgressUpdate
from areas.models import AreaCode
from concordat import verification
from concordat.kernel.models import Claim
from concordat.reports import verification as reports
from concordat.verification import differences
from signatories.models import Declaration, PartnershipCoverage
from signatories.services import documents
from tests import factories as make
from tests.sample_files import pdf

pytestmark = pytest.mark.django_db
JANUARY, MARCH, MAY = date(2015, 1, 5), date(2015, 3, 2), date(2015, 5, 6)


def test_nothing_differs_in_an_empty_database() -> None:
    assert list(differences()) == []


def test_command_says_how_many_checks_were_made(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify")
    count = len(verification.CHECKS) + len(reports.CHECKS)
    assert f"{count} checks, no difference." in capsys.readouterr().out


def test_command_tells_each_difference_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    make.make_update(reported_on=MARCH, until_on=MAY)
    with pytest.raises(CommandError, match="1 differences"):
        call_command("verify")
    assert "but the next one begins on None" in capsys.readouterr().out


def test_updates_in_a_chain_are_well() -> None:
    action = make.make_action()
    for day in (JANUARY, MARCH, MARCH, MAY):
        make.make_update(action=action, reported_on=day)
    make.make_update(action=action, reported_on=MARCH, state="returned")
    make.make_update(reported_on=JANUARY)
    assert list(verification.updates_hold_until_the_next()) == []


def test_a_gap_between_updates_is_found() -> None:
    action = make.make_action()
    first = make.make_update(action=action, reported_on=JANUARY)
    make.make_update(action=action, reported_on=MAY)
    ProgressUpdate.objects.filter(pk=first.pk).update(until_on=MARCH)
    assert list(verification.updates_hold_until_the_next()) == [
        f"Update {first.pk} is said to hold until 2015-03-02, but the next one begins on 2015-05-06."
    ]


def test_an_update_that_ends_before_nothing_is_found_though_another_action_follows() -> None:
    make.make_update(reported_on=JANUARY, until_on=MARCH)
    make.make_update(reported_on=MARCH)
    (sentence,) = verification.updates_hold_until_the_next()
    assert sentence.endswith("but the next one begins on None.")


def test_an_update_left_open_though_another_follows_is_found() -> None:
    action = make.make_action()
    first = make.make_update(action=action, reported_on=JANUARY)
    make.make_update(action=action, reported_on=MAY, until_on=date(2015, 6, 1))
    ProgressUpdate.objects.filter(pk=first.pk).update(until_on=None)
    sentences = list(verification.updates_hold_until_the_next())
    assert f"Update {first.pk} is said to hold until None, but the next one begins on 2015-05-06." in sentences


def test_a_mirror_of_a_mirror_and_one_within_a_plan_are_found() -> None:
    source = make.make_action()
    mirror = make.make_action(mirrors=source)
    assert list(verification.mirrors_show_an_action_of_another_plan()) == []
    wrong = [make.make_action(mirrors=mirror), make.make_action(plan=source.plan, mirrors=source)]
    sentences = list(verification.mirrors_show_an_action_of_another_plan())
    assert [sentence.split()[1] for sentence in sentences] == [str(action.pk) for action in wrong]


def test_two_versions_of_one_day_are_well_whichever_was_published_first() -> None:
    plan = make.make_plan()
    make.make_version(plan=plan, published_on=JANUARY)
    make.make_version(plan=plan, published_on=JANUARY, superseded_on=JANUARY)
    assert list(verification.versions_are_superseded_by_the_next()) == []


def test_a_gap_between_moved_dates_is_found() -> None:
    action = make.make_action(due_on=MAY)
    first = make.make_date_change(action=action, decided_on=JANUARY)
    make.make_date_change(action=action, decided_on=MAY)
    assert list(verification.moved_dates_hold_until_the_next()) == []
    DateChange.objects.filter(pk=first.pk).update(until_on=MARCH)
    assert len(list(verification.moved_dates_hold_until_the_next())) == 1


def test_a_version_must_end_when_the_next_is_published() -> None:
    plan = make.make_plan()
    first = make.make_version(plan=plan, published_on=JANUARY, superseded_on=MARCH)
    make.make_version(plan=plan, published_on=MARCH)
    assert list(verification.versions_are_superseded_by_the_next()) == []
    PlanVersion.objects.filter(pk=first.pk).update(superseded_on=MAY)
    (sentence,) = verification.versions_are_superseded_by_the_next()
    assert "superseded on 2015-05-06, but the next is of 2015-03-02" in sentence


def test_a_version_withdrawn_before_the_next_need_not_be_superseded() -> None:
    plan = make.make_plan()
    make.make_version(plan=plan, published_on=JANUARY, withdrawn_on=MARCH)
    make.make_version(plan=plan, published_on=MAY)
    assert list(verification.versions_are_superseded_by_the_next()) == []


def test_a_declaration_ends_with_its_published_successor() -> None:
    old = make.make_declaration(published_on=JANUARY, superseded_on=MARCH)
    make.make_declaration(published_on=MARCH, supersedes=old)
    make.make_declaration(supersedes=make.make_declaration(published_on=JANUARY))  # the successor is a draft
    assert list(verification.declarations_end_with_their_successor()) == []
    Declaration.objects.filter(pk=old.pk).update(superseded_on=None)
    (sentence,) = verification.declarations_end_with_their_successor()
    assert "superseded on None, not on 2015-03-02" in sentence


def test_a_declaration_superseded_by_nothing_is_found() -> None:
    make.make_declaration(published_on=JANUARY, superseded_on=MARCH)
    assert len(list(verification.declarations_end_with_their_successor())) == 1


def test_a_declaration_follows_its_chosen_claim_and_not_the_others() -> None:
    declaration = make.make_declaration(published_on=JANUARY)
    about = {"subject_type": "signatories.declaration", "subject_id": declaration.pk, "event": "declaration"}
    make.make_claim(**about, on=JANUARY, chosen=True)
    make.make_claim(**about, on=MARCH)
    assert list(verification.records_follow_their_chosen_claims()) == []
    Claim.objects.filter(chosen=True).update(precision="by")
    assert len(list(verification.records_follow_their_chosen_claims())) == 1


def test_a_plan_follows_its_chosen_claim_by_its_first_version() -> None:
    plan = make.make_plan()
    make.make_version(plan=plan, published_on=JANUARY, superseded_on=MARCH)
    make.make_version(plan=plan, published_on=MARCH)
    about = {"subject_type": "actionplans.actionplan", "subject_id": plan.pk, "event": "plan"}
    make.make_claim(**about, on=JANUARY, chosen=True)
    assert list(verification.records_follow_their_chosen_claims()) == []
    Claim.objects.update(on=MARCH)
    assert len(list(verification.records_follow_their_chosen_claims())) == 1


def test_a_meeting_that_is_wrong_about_its_decisions_is_found() -> None:
    make.make_decision()
    make.make_meeting()
    assert list(verification.meetings_know_whether_they_decided()) == []
    said, unsaid = make.make_meeting(has_decisions=True), make.make_decision().meeting
    type(unsaid).objects.filter(pk=unsaid.pk).update(has_decisions=False)
    assert list(verification.meetings_know_whether_they_decided()) == [
        f"The meeting “{said}” is said to have decisions, but none is recorded.",
        f"The meeting “{unsaid}” is said to have none, but some are recorded.",
    ]


def test_a_gap_between_the_codes_of_an_area_is_found() -> None:
    area = make.make_area(code="E08000016")
    AreaCode.objects.filter(area=area).update(until_on=MARCH)
    later = make.make_code(area=area, code="E08000038", from_on=MARCH)
    assert list(verification.areas_have_one_code_a_day()) == []
    AreaCode.objects.filter(pk=later.pk).update(from_on=MAY)
    assert list(verification.areas_have_one_code_a_day()) == [
        f"The codes of {area} do not follow one another from its first day to its last."
    ]


def test_two_primary_partnerships_one_after_the_other_are_well_and_at_once_are_not() -> None:
    area = make.make_area()
    old = make.cover(make.make_partnership(), area, is_primary=True, until_on=MARCH)
    make.cover(make.make_partnership(), area, is_primary=True, from_on=MARCH)
    make.cover(make.make_partnership(), area)
    assert list(verification.areas_have_one_primary_partnership()) == []
    PartnershipCoverage.objects.filter(pk=old.pk).update(until_on=MAY)
    assert list(verification.areas_have_one_primary_partnership()) == [f"{area} has two primary partnerships at once."]


def test_an_epoch_without_a_shape_of_an_area_and_with_a_wrong_digest_is_found() -> None:
    epoch = make.make_epoch(from_on=JANUARY, digest="44136fa355b3")  # of “{}”
    area = make.make_area()
    make.make_boundary(epoch=epoch, area=area)
    assert list(verification.epochs_have_every_shape()) == []
    make.make_area()
    epoch.digest = "0123456789ab"
    epoch.save(update_fields=["digest"])
    assert list(verification.epochs_have_every_shape()) == [
        f"{epoch}: 1 shapes for 2 areas.",
        f"{epoch}: the digest is not that of the shapes.",
    ]


def test_a_file_that_is_lost_or_another_is_found(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    action = make.make_action()
    make.make_document(subject=action)
    kept, lost, changed = (
        documents.add_file(
            action, ContentFile(pdf(title), name="a.pdf"), title=title, by="a_command", now=make.noon(MARCH)
        )
        for title in ("Kept", "Lost", "Changed")
    )
    assert list(verification.documents_have_their_files()) == []
    (tmp_path / lost.stored_as).unlink()
    (tmp_path / changed.stored_as).write_bytes(b"x")
    assert list(verification.documents_have_their_files()) == [
        f"The file of document {lost.pk}, “Lost”, is not in the storage.",
        f"The file of document {changed.pk}, “Changed”, is not the one that was sent.",
    ]
    assert (tmp_path / kept.stored_as).exists()


def test_the_loaded_history_passes_and_a_lost_declaration_is_found() -> None:
    call_command("load_areas", verbosity=0)
    call_command("load_history", verbosity=0)
    assert list(differences()) == []
    Declaration.objects.filter(partnership__slug="norfolk").update(
        withdrawn_on=date(2014, 9, 1), withdrawn_reason="never mind"
    )
    assert next(verification.the_map_of_history_comes_out()) == (
        "On 2014-12-31 the map should show {'red': 0, 'amber': 130, 'green': 22}, "
        "but it shows {'red': 1, 'amber': 129, 'green': 22}."
    )
