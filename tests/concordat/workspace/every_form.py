"""Every form of the workspace into which somebody types: what is tried with one is tried with all of them.

A form that is not here fails `test_every_form.py`. To add one: where it is, its class, and who fills it in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django import forms

from concordat.look.fields import PublishedText
from concordat.workspace import (
    commitments,
    declarations,
    document_forms,
    drafts,
    holding,
    lagging,
    line_form,
    lines,
    meetings,
    minutes,
    national,
    outbox,
    people,
    plans,
    removal,
    review,
    rounds,
    schedules,
    versions,
    words,
)
from concordat.workspace import forms as reporting
from tests import factories as make
from tests.actionplans.reporting import report
from tests.concordat.workspace.conftest import TODAY, Place


@dataclass(frozen=True)
class Form:
    """One form: its address below /workspace/, its class, who fills it in, and what is sent besides what is typed.

    `page` is where it stands, if that is another address; `not_shown` are fields that this page of it lacks; `prefix`
    and `ids` are how the names and the ids of its fields are made.
    """

    to: str
    fields: type[forms.Form]
    role: str
    besides: dict[str, str] = field(default_factory=dict)
    page: str = ""
    not_shown: frozenset[str] = frozenset()
    prefix: str = ""
    ids: str = "id_{}"

    def texts(self) -> Iterator[tuple[str, PublishedText]]:
        """Its text fields that the page shows, by name."""
        for name, each in self.fields.base_fields.items():
            if isinstance(each, PublishedText) and name not in self.not_shown:
                yield name, each

    def address(self, there: dict[str, Any]) -> str:
        """Where it is sent."""
        return f"/workspace/{self.to.format(**there)}"

    def sent(self, there: dict[str, Any], name: str, typed: str) -> dict[str, str]:
        """What is sent with that text in the field of that name."""
        return {key: text.format(**there) for key, text in self.besides.items()} | {self.prefix + name: typed}

    def opened_at(self, there: dict[str, Any]) -> str:
        """The page on which it stands."""
        return f"/workspace/{(self.page or self.to).format(**there)}"


VERSION = {"version": "1"}
REPORT = {"status": "in_progress", "then": "hand_in", "version": ""}
NONE_READ = frozenset({"date_reason"})  # nobody has read a day yet of an action that was never published
FORMS: dict[str, Form] = {
    "a report": Form("actions/{action}/", reporting.ReportForm, "owner", REPORT),
    "evidence with a report": Form(
        "actions/{action}/", document_forms.AddDocumentForm, "owner", REPORT, prefix="evidence-"
    ),
    "why nothing moves": Form(
        "actions/{action}/no-change/", reporting.NoChangeForm, "owner", page="actions/{action}/", ids="no_change_{}"
    ),
    "evidence": Form("actions/{action}/evidence/", document_forms.AddDocumentForm, "owner", ids="document_{}"),
    "a declaration’s document": Form(
        "declarations/{declaration}/documents/", document_forms.AddDocumentForm, "coordinator", ids="document_{}"
    ),
    "a plan’s document": Form(
        "versions/{version}/documents/", document_forms.AddDocumentForm, "coordinator", ids="document_{}"
    ),
    "why a document is withdrawn": Form(
        "documents/{document}/", document_forms.WithdrawForm, "owner", {"then": "withdraw"}
    ),
    "an invitation": Form("people/invite/", people.InviteForm, "coordinator"),
    "why a role ends": Form("people/roles/{role}/end/", people.WhyForm, "coordinator"),
    "why an account is closed": Form("people/{person}/close/", people.WhyForm, "administrator"),
    "words of a mail": Form(
        "national/words/nudge/",
        words.WordsForm,
        "administrator",
        VERSION | {"then": "preview"},
    ),
    "what a coordinator asks for": Form(
        "reports/{report}/", review.ReviewForm, "coordinator", VERSION | {"then": "return"}
    ),
    "a declaration": Form("declarations/{declaration}/", declarations.DeclarationForm, "coordinator", VERSION),
    "why a declaration is abandoned": Form(
        "declarations/{declaration}/abandon/", drafts.AbandonForm, "coordinator", VERSION
    ),
    "a signature": Form("declarations/{declaration}/sign/", declarations.SignForm, "coordinator", VERSION),
    "why a signature is withdrawn": Form(
        "signatures/{signature}/withdraw/", declarations.WithdrawForm, "administrator"
    ),
    "a plan": Form("partnerships/{partnership}/plans/new/", plans.PlanForm, "coordinator"),
    "a plan version": Form("versions/{version}/", versions.VersionForm, "coordinator", VERSION),
    "why a plan version is abandoned": Form("versions/{version}/abandon/", drafts.AbandonForm, "coordinator", VERSION),
    "an area of a plan": Form("versions/{new}/areas/", plans.AreaForm, "coordinator", VERSION | {"area": "{area_pk}"}),
    "an action of a draft": Form(
        "versions/{version}/actions/{line}/", line_form.LineForm, "coordinator", VERSION | {"precision": "day"}
    ),
    "a new action of a draft": Form(
        "versions/{version}/actions/new/", line_form.LineForm, "coordinator", VERSION, not_shown=NONE_READ
    ),
    "why an action is left out": Form(
        "versions/{version}/actions/{line}/leave-out/", lines.LeaveOutForm, "coordinator", VERSION
    ),
    "what people said": Form(
        "partnerships/{partnership}/commitments/new/", commitments.CommitmentForm, "coordinator", VERSION
    ),
    "what people said, in other words": Form(
        "commitments/{commitment}/", commitments.CommitmentForm, "coordinator", VERSION
    ),
    "why a commitment ends": Form("commitments/{commitment}/end/", commitments.EndForm, "coordinator", VERSION),
    "a promise": Form("commitments/{commitment}/promises/new/", commitments.PromiseForm, "coordinator", VERSION),
    "a promise in other words": Form("promises/{promise}/", commitments.PromiseForm, "coordinator", VERSION),
    "a meeting": Form("boards/{board}/meetings/new/", meetings.MeetingForm, "coordinator"),
    "a meeting that is planned": Form("meetings/{planned}/change/", meetings.ChangeForm, "coordinator", VERSION),
    "why a meeting is cancelled": Form("meetings/{planned}/cancel/", meetings.CancelForm, "coordinator", VERSION),
    "a decision of a board": Form(
        "meetings/{held}/actions/{action}/", minutes.DecisionForm, "coordinator", {"kind": "other", "seen": "0"}
    ),
    "why reminders of an action are held": Form(
        "actions/{action}/hold/", holding.HoldForm, "coordinator", {"version": "0"}
    ),
    "why reminders of a partnership are held": Form(
        "partnerships/{partnership}/hold/", holding.HoldForm, "coordinator", {"version": "0"}
    ),
    "a round": Form("national/rounds/new/", rounds.RoundForm, "reviewer", {"scope": "all"}),
    "why the day of a round moves": Form(
        "national/rounds/{round}/", rounds.StepForm, "reviewer", VERSION | {"then": "move"}
    ),
    "an answer in a round": Form(
        "partnerships/{partnership}/rounds/{round}/", rounds.AnswerForm, "coordinator", {"areas": "{area_pk}"}
    ),
    "a contact": Form("national/areas/{area}/", lagging.ContactForm, "reviewer", {"place": "area", "how": "phone"}),
    "a correction of a contact": Form(
        "national/areas/{area}/contacts/{contact}/correct/", lagging.ContactForm, "reviewer", {"how": "phone"}
    ),
    "a review of a declaration": Form(
        "national/declarations/{submitted}/",
        national.DecisionForm,
        "reviewer",
        VERSION | {"then": "return"},
        not_shown=frozenset({"withdraw_reason"}),
    ),
    "a review of a plan version": Form(
        "national/versions/{waiting}/",
        national.DecisionForm,
        "reviewer",
        VERSION | {"then": "return"},
        not_shown=frozenset({"withdraw_reason"}),
    ),
    "why a declaration is withdrawn": Form(
        "national/declarations/{published}/",
        national.DecisionForm,
        "reviewer",
        VERSION | {"then": "withdraw"},
        not_shown=frozenset({"comment", "hold_reason"}),
    ),
    "why a remark is held": Form("chasing/notices/{notice}/hold/", holding.HoldForm, "coordinator", {"version": "0"}),
    "why what no mail server took is said again": Form("chasing/messages/again/", outbox.AgainForm, "administrator"),
    "how a digest is settled": Form("chasing/messages/{digest}/", outbox.SettleForm, "coordinator", {"then": "again"}),
    "who gets a report that is made by itself": Form(
        "schedules/new/national/", schedules.BeginForm, "reviewer", {"rhythm": "month", "format": "csv"}
    ),
    "who gets it from now on": Form("schedules/{schedule}/change/", schedules.ChangeForm, "administrator", VERSION),
    "what is to be removed": Form(
        "remove/actionplans.action/{action}/", removal.RemovalForm, "administrator", {"category": "person"}
    ),
}


def make_there(place: Place) -> dict[str, Any]:
    """What the addresses are about."""
    partnership, plan, area = place.partnership, place.action.plan, make.make_area()
    for month in (6, 7, 8):  # three times “no change”: then it is asked why
        make.make_update(action=place.action, reported_on=TODAY.replace(month=month), is_no_change=True)
    make.make_member(partnership=partnership, organisation=place.police)
    make.cover(partnership, area)
    declaration = make.make_declaration(
        partnership=partnership, summary="We stand together.", sections_covered=["A", "B", "C", "D"]
    )
    version = make.make_version(plan=plan)
    promise = make.make_promise(commitment=make.make_commitment(partnership=partnership))
    planned = make.make_meeting(partnership=partnership, held_on=TODAY + timedelta(days=30))
    held = make.make_meeting(board=planned.board, held_on=TODAY - timedelta(days=30))
    round_ = make.make_round(areas=[area], opens_on=TODAY, due_on=TODAY + timedelta(days=30))
    digest = make.make_message(mail_state="uncertain", mail_moved_at=make.noon(TODAY))
    make.make_notice(message=digest, partnership=partnership)
    return {
        "action": place.action.pk,
        "notice": make.make_notice(partnership=partnership, subject_id=place.action.pk).pk,
        "digest": digest.pk,
        "document": make.make_document(subject=place.action).pk,
        "report": report(make.make_action(plan=plan), TODAY).pk,
        "declaration": declaration.pk,
        "submitted": make.make_declaration(state="submitted").pk,
        "published": make.make_declaration(published_on=TODAY).pk,
        "signature": make.make_signature(declaration=declaration).pk,
        "version": version.pk,
        "line": make.make_in_version(version=version, action=place.action).pk,
        "new": make.make_version(plan=make.make_plan(partnership=partnership)).pk,
        "waiting": make.make_version(state="submitted").pk,
        "role": make.make_membership("chair", partnership=partnership).pk,
        "person": make.make_person().pk,
        "partnership": partnership.slug,
        "commitment": promise.commitment_id,
        "promise": promise.pk,
        "schedule": make.make_report_schedule().pk,
        "board": planned.board.slug,
        "planned": planned.pk,
        "held": held.pk,
        "round": round_.pk,
        "area": area.slug,
        "area_pk": area.pk,
        "contact": make.make_contact(area=area, said="They said").pk,
    }
