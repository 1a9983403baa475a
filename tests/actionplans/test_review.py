"""A plan version from a draft to its publication; the steps themselves are tested with declarations."""

from datetime import UTC, date, datetime, timedelta

import pytest

from actionplans.models import PlanVersion
from actionplans.services.plans import (
    approve_version,
    publish_due_versions,
    save_version,
    schedule_version,
    submit_version,
)
from concordat.kernel.models import Change
from signatories.services import review
from signatories.services.errors import FasterError, NotAllowedError
from tests import factories as make
from tests.submitting import complete_version

pytestmark = pytest.mark.django_db
BY = "test"
DAY = date(2026, 5, 1)
NEXT = DAY + timedelta(days=1)
NOW = datetime(2026, 5, 1, 10, tzinfo=UTC)


def verbs(version: PlanVersion) -> list[str]:
    return list(Change.objects.about(version).order_by("pk").values_list("verb", flat=True))


def test_the_whole_way() -> None:
    version = complete_version()
    save_version(version, {"aims": "Help sooner"}, seen=1, by=BY)
    submit_version(version, seen=2, by=BY, on=DAY, now=NOW)
    review.return_with_comment(version, seen=3, comment="Which nurses?", by=BY)
    save_version(version, {"aims": "Help sooner, by nurses"}, seen=4, by=BY)
    submit_version(version, seen=5, by=BY, on=DAY, now=NOW)
    approve_version(version, seen=6, on=DAY, by=BY)
    version.refresh_from_db()
    assert (version.state, version.published_on, version.version) == ("published", DAY, 7)
    assert verbs(version) == ["drafted", "submitted", "returned", "drafted", "submitted", "published"]


def test_another_version_of_the_plan_keeps_its_name() -> None:
    version = complete_version(label="Version 2")
    make.make_version(plan=version.plan, label="Version 1", published_on=date(2025, 1, 1))
    with pytest.raises(NotAllowedError, match="called so"):
        save_version(version, {"label": "Version 1"}, seen=1, by=BY)


def test_what_lacks_something_is_not_submitted() -> None:
    with pytest.raises(NotAllowedError, match="no action yet"):
        submit_version(make.make_version(), seen=1, by=BY, on=DAY, now=NOW)


def test_without_a_declaration_it_is_submitted_and_scheduled_but_not_published() -> None:
    area = make.make_area(name="Westshire")
    version = complete_version(area=area, declared=False)
    submit_version(version, seen=1, by=BY, on=DAY, now=NOW)
    with pytest.raises(NotAllowedError, match="No declaration is in force for: Westshire"):
        approve_version(version, seen=2, on=DAY, by=BY)
    schedule_version(version, seen=2, publish_on=NEXT, by=BY, on=DAY)
    assert publish_due_versions(on=NEXT, by="job") == []
    make.make_declaration(areas=[area], published_on=NEXT)
    assert publish_due_versions(on=NEXT, by="job") == [version]
    assert publish_due_versions(on=NEXT, by="job") == []


def test_a_related_plan_needs_no_declaration() -> None:
    version = complete_version(declared=False, state="submitted")
    version.plan.kind = "related"
    version.plan.save()
    assert approve_version(version, seen=1, on=DAY, by=BY).state == "published"


def test_refused_it_leaves_the_version_in_force_as_it_is() -> None:
    version = complete_version(state="submitted")
    old = make.make_version(plan=version.plan, published_on=date(2025, 1, 1))
    PlanVersion.objects.filter(pk=version.pk).update(version=2)
    with pytest.raises(FasterError):
        approve_version(version, seen=1, on=DAY, by=BY)
    old.refresh_from_db()
    assert old.superseded_on is None
    assert not Change.objects.exists()


def test_what_is_held_is_not_published() -> None:
    version = complete_version(state="submitted", publish_on=DAY, held_since=DAY, held_reason="Elections")
    assert publish_due_versions(on=DAY, by="job") == []
    with pytest.raises(NotAllowedError, match="release it first"):
        approve_version(version, seen=1, on=DAY, by=BY)
