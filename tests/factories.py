"""Small builders of valid rows, straight through the ORM: no service, no `Change`, as few queries as can be.

Every argument is by keyword. A parent that is not given is made. Names and codes are new on each call.
Days are days in Europe/London; `until_on` is the first day on which something no longer holds.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

from actionplans import models as what
from actionplans.proposals import WORDED
from actionplans.states import ActionState
from areas import models as where
from concordat.kernel.coverage import Extent
from concordat.kernel.models import Change, Claim, Redaction
from concordat.kernel.sources import Precision
from concordat.reports import models as kept
from concordat.reports.kept import digest_of
from concordat.reports.models import FrozenLine, FrozenReport
from signatories import models as who
from signatories.models.organisation import OrganisationType

# The day on which the made-up facts happen, unless a test says otherwise.
DAY = date(2015, 4, 1)
SOURCE = "https://example.org/minutes"
_number = count(1)

Coverable = who.Partnership | who.Declaration | what.ActionPlan
AnyCoverage = who.PartnershipCoverage | who.DeclarationCoverage | what.PlanCoverage


def noon(day: date) -> datetime:
    """Noon of that day, in UTC."""
    return datetime.combine(day, time(12), tzinfo=UTC)


def _filled(fields: dict[str, Any], **makers: Callable[[], Any]) -> dict[str, Any]:
    """The fields, and what they lack, made only now."""
    return {name: make() for name, make in makers.items() if name not in fields} | fields


def _timescale(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a timescale that go with a due day, where the test gives nothing but that."""
    if fields.get("due_on") is None:
        return fields
    return {"timescale_kind": "date", "timescale_precision": "day"} | fields


# Where


def make_area(*, name: str = "", code: str = "", kind: str = where.Kind.COUNTY, **fields: Any) -> where.Area:
    """An area with its one code, which holds as long as the area does (`from_on`, `until_on`)."""
    number = next(_number)
    fields = {"slug": f"area-{number}", "region": where.Region.EAST_OF_ENGLAND} | fields
    area = where.Area.objects.create(name=name or f"Area {number}", **fields)
    make_code(area=area, code=code, kind=kind, from_on=area.from_on, until_on=area.until_on)
    return area


def make_code(*, area: where.Area | None = None, code: str = "", **fields: Any) -> where.AreaCode:
    """One GSS code of an area. An area made for it has no other code."""
    number = next(_number)
    area = area or where.Area.objects.create(slug=f"area-{number}", name=f"Area {number}", region=where.Region.LONDON)
    fields = {"kind": where.Kind.COUNTY, "official_name": area.name} | fields
    return where.AreaCode.objects.create(area=area, code=code or f"E06{900_000 + number % 100_000}", **fields)


def make_succession(*, on: date = DAY, part: str = "", **fields: Any) -> where.AreaSuccession:
    """One area becomes (part of) another on that day; `part` names the part of the predecessor that does."""
    extent = {"extent": Extent.PART if part else Extent.WHOLE, "label": part}
    fields = extent | _filled(fields, predecessor=make_area, successor=make_area)
    return where.AreaSuccession.objects.create(on=on, **fields)


def make_epoch(*, from_on: date | None = None, **fields: Any) -> where.BoundaryEpoch:
    """An epoch of boundaries with an empty shape file; on a day of its own unless one is given."""
    number = next(_number)
    from_on = from_on or date.fromordinal(DAY.toordinal() + number)
    # A digest of its own: what was drawn from another epoch is kept under that.
    defaults = {"vintage": 2014, "attribution": "Nobody", "topojson": "{}", "digest": f"{number:012x}"}
    return where.BoundaryEpoch.objects.create(from_on=from_on, **(defaults | fields))


def make_boundary(**fields: Any) -> where.Boundary:
    """The box of an area, one degree wide and high."""
    box = {"west": -1, "south": 52, "east": 0, "north": 53, "label_longitude": -0.5, "label_latitude": 52.5}
    ring = [[-1, 52], [0, 52], [0, 53], [-1, 53], [-1, 52]]
    shape = {"geometry": {"type": "Polygon", "coordinates": [ring]}}
    return where.Boundary.objects.create(**(box | shape | _filled(fields, epoch=make_epoch, area=make_area)))


def cover(owner: Coverable, area: where.Area, *, part: str = "", **fields: Any) -> AnyCoverage:
    """An area, or the named part of it, that a partnership, declaration or plan covers (`from_on`, `until_on`)."""
    models: dict[type, tuple[type[AnyCoverage], str]] = {
        who.Partnership: (who.PartnershipCoverage, "partnership"),
        who.Declaration: (who.DeclarationCoverage, "declaration"),
        what.ActionPlan: (what.PlanCoverage, "plan"),
    }
    model, name = models[type(owner)]
    extent = {"extent": Extent.PART if part else Extent.WHOLE, "label": part}
    return model._default_manager.create(area=area, **{name: owner}, **(extent | fields))


# Who


def make_programme(*, name: str = "Mental Health Crisis Care Concordat", **fields: Any) -> who.Programme:
    """A national programme with its usual thresholds."""
    return who.Programme.objects.create(name=name, **({"slug": f"programme-{next(_number)}"} | fields))


def the_programme() -> who.Programme:
    """The programme there is; one is made if there is none."""
    return who.Programme.objects.order_by("id").first() or make_programme()


def make_steward(*, name: str = "", **fields: Any) -> who.Steward:
    """Who looks after a programme."""
    return who.Steward.objects.create(
        name=name or f"Steward {next(_number)}", **_filled(fields, programme=the_programme)
    )


def make_milestone(*, name: str = "", due_on: date = date(2014, 12, 31), **fields: Any) -> who.Milestone:
    """What a programme asks of every area by a day."""
    name = name or f"Milestone {next(_number)}"
    return who.Milestone.objects.create(name=name, due_on=due_on, **_filled(fields, programme=the_programme))


def make_person(*, name: str = "", email: str | None = "new", **fields: Any) -> who.Person:
    """A person who cannot sign in yet; `email=None` for one without an account."""
    number = next(_number)
    email = f"person-{number}@example.org" if email == "new" else email
    return who.Person.objects.create(name=name or f"Person {number}", email=email, **({"password": "!"} | fields))


def make_organisation(*, name: str = "", type: str = OrganisationType.POLICE, **fields: Any) -> who.Organisation:
    """A body that signs, leads or works with others."""
    number = next(_number)
    fields = {"slug": f"organisation-{number}"} | fields
    return who.Organisation.objects.create(name=name or f"Organisation {number}", type=type, **fields)


def make_organisation_name(*, name: str = "", **fields: Any) -> who.OrganisationName:
    """A former or other name of an organisation."""
    name = name or f"Former name {next(_number)}"
    return who.OrganisationName.objects.create(name=name, **_filled(fields, organisation=make_organisation))


def make_identifier(*, scheme: str = "ods", value: str = "", **fields: Any) -> who.OrganisationIdentifier:
    """An organisation's code in a register."""
    fields = {"scheme": scheme, "value": value or f"R{next(_number)}"} | fields
    return who.OrganisationIdentifier.objects.create(**_filled(fields, organisation=make_organisation))


def make_partnership(
    *, name: str = "", areas: Iterable[where.Area] = (), programme: who.Programme | None = None, **fields: Any
) -> who.Partnership:
    """A partnership that covers the whole of those areas; not as their primary one (see `cover`)."""
    number = next(_number)
    partnership = who.Partnership.objects.create(
        programme=programme or the_programme(),
        name=name or f"Partnership {number}",
        **({"slug": f"partnership-{number}"} | fields),
    )
    who.PartnershipCoverage.objects.bulk_create(
        who.PartnershipCoverage(partnership=partnership, area=area) for area in areas
    )
    return partnership


def make_member(*, name_as_written: str = "", **fields: Any) -> who.PartnershipMember:
    """A body that takes part in a partnership."""
    name = name_as_written or f"Member {next(_number)}"
    return who.PartnershipMember.objects.create(name_as_written=name, **_filled(fields, partnership=make_partnership))


def make_board(*, name: str = "", kind: str = who.Board.Kind.HEALTH_AND_WELLBEING, **fields: Any) -> who.Board:
    """A board that oversees partnerships."""
    number = next(_number)
    return who.Board.objects.create(name=name or f"Board {number}", kind=kind, **({"slug": f"board-{number}"} | fields))


def make_oversight(**fields: Any) -> who.BoardOversight:
    """A board oversees a partnership."""
    return who.BoardOversight.objects.create(**_filled(fields, board=make_board, partnership=make_partnership))


def make_chair(*, role: str = "", **fields: Any) -> who.BoardChair:
    """The office that chairs a board."""
    return who.BoardChair.objects.create(role=role or f"Office {next(_number)}", **_filled(fields, board=make_board))


def make_meeting(
    *, board: who.Board | None = None, held_on: date = DAY, partnership: who.Partnership | None = None, **fields: Any
) -> who.BoardMeeting:
    """A meeting of a board, with its papers due ten days before; of one that oversees the partnership, if given."""
    if partnership and board is None:
        board = make_oversight(partnership=partnership).board
    if fields.get("cancelled_on"):
        fields = {"cancelled_reason": "Too few people"} | fields
    own = {"papers_due_on": held_on - timedelta(days=10)}
    return who.BoardMeeting.objects.create(board=board or make_board(), held_on=held_on, **own | fields)


def make_frozen(
    *,
    partnership: who.Partnership | None = None,
    meeting: who.BoardMeeting | None = None,
    told: Iterable[Any] = ({"report": "board"},),
    **fields: Any,
) -> FrozenReport:
    """A board paper of these lines, frozen a week before the meeting."""
    partnership = partnership or make_partnership()
    meeting = meeting or make_meeting(partnership=partnership)
    lines = list(told)
    day = meeting.held_on - timedelta(days=7)
    own = {"number": 1, "as_at": day, "frozen_at": noon(day), "shape": 1, "length": len(lines) or 1}
    own |= {"report": "board", "digest": digest_of(lines)}
    frozen = FrozenReport.objects.create(meeting=meeting, partnership=partnership, **own | fields)
    FrozenLine.objects.bulk_create(
        FrozenLine(frozen=frozen, number=number, told=line) for number, line in enumerate(lines, 1)
    )
    return frozen


def _published(published_on: date | None, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a publication: a draft without a day, published with one; and what its state needs."""
    needed = {"submitted": {"submitted_at": noon(DAY)}, "returned": {"review_comment": "Say more."}}
    own = needed.get(fields.get("state", ""), {}) | {
        "state": "published" if published_on else "draft",
        "published_precision": Precision.DAY if published_on else "",
        "withdrawn_reason": "Its partners withdrew it" if fields.get("withdrawn_on") else "",
    }
    return {"published_on": published_on} | own | fields


def make_declaration(
    *,
    partnership: who.Partnership | None = None,
    areas: Iterable[where.Area] = (),
    published_on: date | None = None,
    **fields: Any,
) -> who.Declaration:
    """A declaration for the whole of those areas: a draft, or published on that day (and perhaps superseded)."""
    declaration = who.Declaration.objects.create(
        partnership=partnership or make_partnership(), **({"title": "Declaration"} | _published(published_on, fields))
    )
    coverage = who.DeclarationCoverage.objects
    coverage.bulk_create(who.DeclarationCoverage(declaration=declaration, area=area) for area in areas)
    return declaration


def make_signature(
    *, declaration: who.Declaration | None = None, organisation: who.Organisation | None = None, **fields: Any
) -> who.Signature:
    """An organisation's signature, under its name and type of today."""
    organisation = organisation or make_organisation()
    fields = {"name_as_signed": organisation.name, "as_type": organisation.type} | fields
    return who.Signature.objects.create(
        declaration=declaration or make_declaration(), organisation=organisation, **fields
    )


def make_expectation(
    *, declaration: who.Declaration | None = None, label: str = "", areas: Iterable[where.Area] = (), **fields: Any
) -> who.PlanExpectation:
    """A plan that a declaration expects for those areas."""
    expectation = who.PlanExpectation.objects.create(
        declaration=declaration or make_declaration(), label=label or f"Expected plan {next(_number)}", **fields
    )
    who.ExpectedArea.objects.bulk_create(who.ExpectedArea(expectation=expectation, area=area) for area in areas)
    return expectation


def make_statement(*, person: who.Person | None = None, **fields: Any) -> who.Statement:
    """What an office-holder said."""
    fields = {"text": "We work together.", "role": "Chief Constable", "source": SOURCE} | fields
    person = person or make_person(email=None)
    return who.Statement.objects.create(person=person, **_filled(fields, partnership=make_partnership))


def make_enquiry(*, message: str = "", received_on: date = DAY, **fields: Any) -> who.Enquiry:
    """What a visitor sent at noon of that day; answered by somebody if `answered_at` is given."""
    number = next(_number)
    answered_by = {"answered_by": make_person()} if fields.get("answered_at") and "answered_by" not in fields else {}
    own = {"kind": "question", "reference": f"TEST-{number}", "received_at": noon(received_on)} | answered_by
    return who.Enquiry.objects.create(message=message or f"Why {number}?", **(own | fields))


def make_contact(*, said: str = "", spoken_on: date = DAY, **fields: Any) -> who.ContactEntry:
    """What national staff noted of a call that day; about a partnership of its own unless a place is given."""
    if not fields.keys() & {"partnership", "area"}:
        fields["partnership"] = make_partnership()
    own = {"whom": "The coordinator", "how": "phone", "recorded_at": noon(spoken_on)}
    fields = own | _filled(fields, recorded_by=make_person)
    return who.ContactEntry.objects.create(said=said or f"They said {next(_number)}", spoken_on=spoken_on, **fields)


def make_round(*, title: str = "", areas: Iterable[where.Area] = (), **fields: Any) -> who.ReviewRound:
    """A review round for these areas, open from a day on for a month."""
    own = {"asks": "Refresh your plan.", "opens_on": DAY, "due_on": DAY + timedelta(days=30)}
    fields = own | _filled(fields, programme=the_programme)
    row = who.ReviewRound.objects.create(title=title or f"Round {next(_number)}", **fields)
    who.ReviewRoundArea.objects.bulk_create(who.ReviewRoundArea(round=row, area=area) for area in areas)
    return row


def make_round_area(**fields: Any) -> who.ReviewRoundArea:
    """An area in a round; confirmed by somebody for a partnership if `confirmed_on` is given."""
    if fields.get("confirmed_on"):
        fields = {"note": "It holds."} | _filled(fields, confirmed_by=make_person, confirmed_for=make_partnership)
    return who.ReviewRoundArea.objects.create(**_filled(fields, round=make_round, area=make_area))


_PLACES: dict[str, tuple[str, Callable[[], Any]]] = {
    "owner": ("organisation", make_organisation),
    "organisation_lead": ("organisation", make_organisation),
    "coordinator": ("partnership", make_partnership),
    "chair": ("partnership", make_partnership),
    "board_member": ("partnership", make_partnership),
}


def _placed(role: str, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields, with the organisation or the partnership that the role needs."""
    place = _PLACES.get(role)
    return _filled(fields, **dict([place])) if place else fields


def make_membership(role: str = "coordinator", **fields: Any) -> who.Membership:
    """A role of somebody, in an organisation or partnership of its own unless one is given; from no known day on."""
    return who.Membership.objects.create(role=role, **_placed(role, _filled(fields, person=make_person)))


def make_invitation(*, role: str = "owner", email: str = "", invited_on: date = DAY, **fields: Any) -> who.Invitation:
    """An open invitation of noon of that day; accepted by somebody if `accepted_at` is given."""
    number = next(_number)
    accepted = {"accepted_by": make_person()} if fields.get("accepted_at") and "accepted_by" not in fields else {}
    own = {
        "name": f"Guest {number}",
        "email": email or f"guest-{number}@example.org",
        "nonce": f"{number:032x}",
        "invited_at": noon(invited_on),
        "expires_at": noon(invited_on) + timedelta(days=14),
    }
    fields = _placed(role, own | accepted | _filled(fields, invited_by=lambda: make_person(is_superuser=True)))
    return who.Invitation.objects.create(role=role, **fields)


def make_sign_in(*, how: str = "password", on: date = DAY, **fields: Any) -> who.SignIn:
    """A sign-in at noon of that day."""
    return who.SignIn.objects.create(how=how, **({"at": noon(on)} | _filled(fields, person=make_person)))


# Chasing


def make_window(*, due_on: date = DAY, **fields: Any) -> who.UpdateWindow:
    """A round of updates until that day, of four weeks."""
    days = {"opens_on": 28, "nudge_on": 14, "closing_on": 7, "last_notice_on": 3}
    own = {name: due_on - timedelta(days=count) for name, count in days.items()}
    return who.UpdateWindow.objects.create(due_on=due_on, **(own | _filled(fields, partnership=make_partnership)))


def make_pause(**fields: Any) -> who.ChasingPause:
    """Somebody is away for a week; about one thing if `subject_type` and `subject_id` are given."""
    own = {"from_on": DAY, "until_on": DAY + timedelta(days=7)}
    return who.ChasingPause.objects.create(**(own | _filled(fields, person=make_person)))


def make_calendar_address(**fields: Any) -> who.CalendarAddress:
    """The first address of somebody's calendars, made at noon."""
    return who.CalendarAddress.objects.create(**({"made_at": noon(DAY)} | _filled(fields, person=make_person)))


def make_hold(**fields: Any) -> who.ChasingHold:
    """Nothing is sent about a partnership; or about a notice, or one thing, if that is given."""
    if not fields.keys() & {"partnership", "notice", "subject_type"}:
        fields["partnership"] = make_partnership()
    return who.ChasingHold.objects.create(**({"reason": "They told me why."} | _filled(fields, held_by=make_person)))


def make_opt_out(**fields: Any) -> who.ChasingOptOut:
    """Somebody wants fewer mails, from no known day on."""
    return who.ChasingOptOut.objects.create(**_filled(fields, person=make_person))


def make_message(*, day: date = DAY, **fields: Any) -> who.Message:
    """A digest planned for that day."""
    return who.Message.objects.create(day=day, **_filled(fields, recipient=make_person))


def make_link(*, actions: Iterable[what.Action] = (), **fields: Any) -> who.SignedLink:
    """The link in a digest, for these actions: made on its day, good for 30 days."""
    fields = _filled(fields, message=make_message)
    made_at = noon(fields["message"].day)
    own = {"made_at": made_at, "expires_at": made_at + timedelta(days=30), "nonce": f"{next(_number):032x}"}
    return who.SignedLink.objects.create(action_ids=sorted(action.pk for action in actions), **(own | fields))


def make_notice(*, rule: str = "due_passed", **fields: Any) -> who.Notice:
    """Something to be said of a thing of its own, from `planned_on` on."""
    fields = _filled(fields, recipient=make_person)
    own = {
        "person": fields["recipient"],
        "subject_type": "actionplans.action",
        "subject_id": next(_number),
        "due_on": DAY,
        "planned_on": DAY,
    }
    fields = own | fields
    return who.Notice.objects.create(rule=rule, **({"send_on": fields["planned_on"]} | fields))


def make_job_day(*, job: str = "plan_chasing", day: date = DAY, **fields: Any) -> who.JobDay:
    """A day of a job of the beat."""
    return who.JobDay.objects.create(job=job, day=day, **fields)


def make_reply(*, subject: str = "Your report came back", text: str = "Say more.", **fields: Any) -> who.Reply:
    """An answer to what somebody did."""
    own = {"subject_type": "actionplans.progressupdate", "subject_id": next(_number)}
    return who.Reply.objects.create(subject=subject, text=text, **(own | _filled(fields, recipient=make_person)))


def make_mail_report(*, of: Any = None, kind: str = "hard", **fields: Any) -> who.MailReport:
    """That a mail came back, on a day: a digest of its own, unless another mail is given."""
    mail = of or make_message(mail_state="mailed", mail_moved_at=noon(DAY))
    own = {"status": "5.1.1", "reported_on": DAY, "received_at": noon(DAY), "digest": f"{next(_number):064x}"}
    subject = {"subject_type": mail._meta.label_lower, "subject_id": mail.pk}
    return who.MailReport.objects.create(kind=kind, **(subject | own | fields))


def make_mail_report_count(*, day: date = DAY, **fields: Any) -> who.MailReportCount:
    """How many reports came in on that day."""
    return who.MailReportCount.objects.create(day=day, **({"way": "hook", "outcome": "taken", "count": 1} | fields))


def make_wording(*, rule: str = "due_passed", number: int = 1, from_on: date = DAY, **fields: Any) -> who.Wording:
    """Own words of a rule, from that day on."""
    texts = {"subject": "Late", "opening": "It is late.", "item": "{due}", "why": "It is yours.", "hand_over": "Ring."}
    own = texts | _filled(fields, decided_by=lambda: make_person(is_superuser=True))
    return who.Wording.objects.create(rule=rule, number=number, from_on=from_on, **own)


# What


def make_section(*, code: str = "", **fields: Any) -> what.Section:
    """A section of the plan template."""
    number = next(_number)
    fields = {"title": f"Section {number}", "position": number % 1000} | _filled(fields, programme=the_programme)
    return what.Section.objects.create(code=code or f"{number % 10_000}", **fields)


def make_theme(*, name: str = "", **fields: Any) -> what.Theme:
    """A subject that runs across sections."""
    number = next(_number)
    return what.Theme.objects.create(name=name or f"Theme {number}", **({"slug": f"theme-{number}"} | fields))


def make_plan(
    *, partnership: who.Partnership | None = None, areas: Iterable[where.Area] = (), **fields: Any
) -> what.ActionPlan:
    """A plan for the whole of those areas, without a version (see `make_version`)."""
    plan = what.ActionPlan.objects.create(
        partnership=partnership or make_partnership(), **({"title": f"Plan {next(_number)}"} | fields)
    )
    what.PlanCoverage.objects.bulk_create(what.PlanCoverage(plan=plan, area=area) for area in areas)
    return plan


def make_version(
    *, plan: what.ActionPlan | None = None, published_on: date | None = None, **fields: Any
) -> what.PlanVersion:
    """A version of a plan: a draft, or published on that day (and perhaps superseded)."""
    fields = {"label": f"Version {next(_number)}"} | _published(published_on, fields)
    return what.PlanVersion.objects.create(plan=plan or make_plan(), **fields)


def make_action(
    *, plan: what.ActionPlan | None = None, text: str = "", lead: who.Organisation | None = None, **fields: Any
) -> what.Action:
    """A line of a plan, due on `due_on` if that is given, led by the organisation if that is given."""
    action = what.Action.objects.create(
        plan=plan or make_plan(), text=text or f"Do thing {next(_number)}", **_timescale(fields)
    )
    if lead:
        make_lead(action=action, organisation=lead)
    return action


def make_in_version(
    *, version: what.PlanVersion | None = None, action: what.Action | None = None, **fields: Any
) -> what.ActionInVersion:
    """An action as a version of its own plan words it; a draft with the outcome and the like that it proposes."""
    action = action or make_action(**({"plan": version.plan} if version else {}))
    says = {name: getattr(action, name) for name in ("reference", "text", *WORDED)}
    says |= {name: value for name, value in fields.get("proposes", {}).items() if name in WORDED}
    return what.ActionInVersion.objects.create(
        version=version or make_version(plan=action.plan),
        action=action,
        **(says | fields),
    )


def make_earlier_must_do(*, must_do: bool = True, **fields: Any) -> what.EarlierMustDo:
    """Whether an action was a national must-do until a day."""
    fields = {"until_on": DAY} | _filled(fields, action=make_action)
    return what.EarlierMustDo.objects.create(must_do=must_do, **fields)


def make_lead(
    *, action: what.Action | None = None, organisation: who.Organisation | None = None, **fields: Any
) -> what.ActionLead:
    """Who leads an action; an organisation is made if neither it nor a `text` is given."""
    if organisation is None and not fields.get("text"):
        organisation = make_organisation()
    fields = {"role": what.ActionLead.Role.LEAD} | fields
    return what.ActionLead.objects.create(action=action or make_action(), organisation=organisation, **fields)


def make_owner(**fields: Any) -> what.ActionOwner:
    """Who answers for an action, from no known day on."""
    return what.ActionOwner.objects.create(**_filled(fields, action=make_action, person=make_person))


def make_date_change(
    *, action: what.Action | None = None, decided_on: date = DAY, due_on: date | None = date(2016, 3, 31), **fields: Any
) -> what.DateChange:
    """A moved date. Unless `until_on` is given it is the last one, and the last one before it ends that day."""
    action = action or make_action(due_on=date(2015, 12, 31))
    if fields.get("until_on") is None:
        what.DateChange.objects.filter(action=action, until_on=None).update(until_on=decided_on)
    fields = {"old_due_on": action.due_on, "reason": "Funding came late"} | _timescale({"due_on": due_on} | fields)
    return what.DateChange.objects.create(action=action, decided_on=decided_on, **fields)


def _what_status_needs(status: str, reported_on: date, action: what.Action, fields: dict[str, Any]) -> dict[str, Any]:
    if status == ActionState.COMPLETED:
        return {"completed_on": reported_on, "outcome_note": "People get help sooner"}
    if status == ActionState.MERGED and "merged_into" not in fields:
        return {"merged_into": make_action(plan=action.plan)}
    return {"reason": "No money for it"} if status == ActionState.NOT_GOING_AHEAD else {}


def make_update(
    *,
    action: what.Action | None = None,
    reported_on: date = DAY,
    status: str = ActionState.IN_PROGRESS,
    state: str = what.ProgressUpdate.State.ACCEPTED,
    **fields: Any,
) -> what.ProgressUpdate:
    """An update, accepted at noon of the day reported unless `state` says otherwise, with what its status needs.

    Unless `until_on` is given an accepted one is the last one, and the last one before it ends that day.
    """
    action = action or make_action()
    if state == what.ProgressUpdate.State.ACCEPTED:
        fields = {"accepted_at": noon(reported_on)} | fields
        if fields.get("until_on") is None:
            what.ProgressUpdate.objects.filter(action=action, state=state, until_on=None).update(until_on=reported_on)
    if state == what.ProgressUpdate.State.RETURNED:
        fields = {"review_comment": "Say more."} | fields
    fields = _what_status_needs(status, reported_on, action, fields) | fields
    return what.ProgressUpdate.objects.create(
        action=action, reported_on=reported_on, status=status, state=state, **fields
    )


def make_decision(
    *, kind: str = "kept", action: what.Action | None = None, meeting: who.BoardMeeting | None = None, **fields: Any
) -> what.MeetingDecision:
    """What a board decided about an action, with the rows that its kind led to."""
    action = action or make_action()
    if meeting is None:
        meeting = make_meeting(partnership=action.plan.partnership, has_decisions=True)
    reports = {"agreed": ActionState.IN_PROGRESS, "not_going_ahead": ActionState.NOT_GOING_AHEAD, "merged": "merged"}
    effects: dict[str, Callable[[], Any]] = {}
    if kind in reports:
        effects["update"] = lambda: make_update(action=action, status=reports[kind], reported_on=meeting.held_on)
    if kind in ("agreed", "moved"):
        effects["date_change"] = lambda: make_date_change(action=action, decided_on=meeting.held_on)
    if kind in ("asked", "other"):
        effects["note"] = lambda: "The lead is asked to come."
    return what.MeetingDecision.objects.create(kind=kind, action=action, meeting=meeting, **_filled(fields, **effects))


def make_commitment(*, you_said: str = "", **fields: Any) -> what.Commitment:
    """What people asked for."""
    you_said = you_said or f"We want thing {next(_number)}"
    return what.Commitment.objects.create(you_said=you_said, **_filled(fields, partnership=make_partnership))


def make_promise(*, we_will: str = "", **fields: Any) -> what.Promise:
    """One answer to what people asked for."""
    fields = _timescale(_filled(fields, commitment=make_commitment))
    return what.Promise.objects.create(we_will=we_will or f"We will do thing {next(_number)}", **fields)


def make_import(
    *, draft: what.PlanVersion | None = None, state: str = what.PlanImport.State.READY, **fields: Any
) -> what.PlanImport:
    """A pasted table on its way into a draft, understood as having no action; with what its state needs."""
    pasted = f"Ref\tAction\n{next(_number)}\tDo it"
    counts = dict.fromkeys(("rows", "actions", "new", "changed", "unchanged", "missing"), 0)
    found = {"counts": counts, "questions": [], "answered": [], "warnings": [], "missing": [], "columns": []}
    needs: dict[str, Any] = {
        "applied": {"applied_at": noon(DAY)},
        "refused": {"refusal": "This is no table."},
        "reading": {"claimed_at": noon(DAY)},
        "applying": {"claimed_at": noon(DAY)},
    }.get(state, {})
    told = {"pasted": pasted, "sha256": sha256(pasted.encode()).hexdigest(), "size": len(pasted), "found": found}
    return what.PlanImport.objects.create(
        draft=draft or make_version(),
        state=state,
        **{"as_at": DAY, "uploaded_at": noon(DAY), **told, **needs, **fields},
    )


def make_imported_row(*, plan_import: what.PlanImport | None = None, **fields: Any) -> what.ImportedRow:
    """A row of a plan file."""
    number = next(_number)
    told = {"position": number, "sheet": 0, "number": number, "cells": []}
    return what.ImportedRow.objects.create(plan_import=plan_import or make_import(), **{**told, **fields})


def make_import_memory(*, partnership: who.Partnership | None = None, **fields: Any) -> what.ImportMemory:
    """What a partnership has told of how it writes its plans: nothing yet."""
    return what.ImportMemory.objects.create(partnership=partnership or make_partnership(), **fields)


def make_document(*, subject: Any = None, title: str = "", **fields: Any) -> who.Document:
    """A link about something, an action unless another is given; a PDF that is in no storage with `kind="file"`."""
    subject, number = subject or make_action(), next(_number)
    own: dict[str, Any] = {"kind": "link", "uploaded_at": noon(DAY)}
    if fields.get("kind") == "file":
        own |= {"stored_as": f"documents/{number}", "format": "pdf", "size": 5, "original_name": "a.pdf"}
        own |= {"sha256": f"{number:064x}"}
    else:
        own |= {"url": f"https://example.org/{number}"}
    if fields.get("visibility") == "public":
        own |= {"published_on": DAY}
    return who.Document.objects.create(
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        title=title or f"Document {number}",
        **own | fields,
    )


# The record


def make_change(*, verb: str = "changed", by: who.Person | None = None, **fields: Any) -> Change:
    """A recorded change, by a person or else by a command, about a row that need not exist."""
    defaults = {"subject_type": "areas.area", "subject_id": next(_number), "by_command": "" if by else "load_areas"}
    return Change.objects.create(verb=verb, by=by, **(defaults | fields))


def make_redaction(*, subject: Any = None, **fields: Any) -> Redaction:
    """That a name was removed at noon of a day, from a text of that row or of one that need not exist."""
    own: dict[str, Any] = {"subject_type": "actionplans.action", "subject_id": next(_number)}
    if subject:
        own |= {"subject_type": subject._meta.label_lower, "subject_id": subject.pk}
    own |= {"field": "text", "category": "person", "reason": "Its owner asked", "places": 1, "at": noon(DAY)}
    return Redaction.objects.create(**_filled(own | fields, by=make_person))


def make_claim(*, event: str = Claim.Event.DECLARATION, on: date | None = None, **fields: Any) -> Claim:
    """What a source says happened to some partnership, on that day or on none."""
    defaults = {
        "subject_type": "signatories.partnership",
        "subject_id": next(_number),
        "source": SOURCE,
        "precision": Precision.DAY if on else "",
    }
    return Claim.objects.create(event=event, on=on, **(defaults | fields))


def make_report_schedule(*, recipients: Iterable[who.Person] = (), **fields: Any) -> kept.ReportSchedule:
    """The national return, on the first working day of each month from that day on."""
    own = {"report": "national", "format": "csv", "rhythm": "month", "from_on": DAY, "made_at": noon(DAY)}
    row = kept.ReportSchedule.objects.create(**(own | _filled(fields, owner=make_person)))
    row.recipients.set(recipients)
    return row


def make_report_order(*, state: str = "waiting", **fields: Any) -> kept.ReportOrder:
    """An order of the national return as at that day; with what its state needs."""
    number = next(_number)
    made = {"made_at": noon(DAY), "kept_until": noon(date(2099, 1, 1)), "size": 1, "progress": 100}
    needs: dict[str, dict[str, Any]] = {
        "working": {"claimed_at": noon(DAY), "seen_at": noon(DAY), "stored_as": f"documents/{number}"},
        "ready": made | {"stored_as": f"documents/{number}"},
        "failed": {"failure": "It could not be made."},
    }
    own = {"report": "national", "format": "csv", "question": {"on": DAY.isoformat()}, "digest": f"{number:064x}"}
    own |= {"ordered_at": noon(DAY), "state": state} | needs.get(state, {})
    return kept.ReportOrder.objects.create(**(own | _filled(fields, ordered_by=make_person)))


def make_report_delivery(**fields: Any) -> kept.ReportDelivery:
    """Somebody who was told of a report by a mail, or not (`withheld`)."""
    makers: dict[str, Callable[[], Any]] = {
        "order": lambda: make_report_order(state="ready"),
        "person": make_person,
    }
    if not fields.get("withheld"):
        makers["reply"] = make_reply
    return kept.ReportDelivery.objects.create(**_filled(fields, **makers))
