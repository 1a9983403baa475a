"""Made-up declarations: in every state, with coverage, signatures, what they expect, and the claims about them."""

from datetime import date, timedelta

from concordat.demo.group import Group
from concordat.demo.partnerships import covered
from concordat.demo.stories import Declared, Geometry
from concordat.demo.wording import FORMERLY, LABEL, LEFT, WITHDRAWN_DECLARATION
from concordat.kernel.models import Claim
from concordat.kernel.sources import Precision
from signatories.checklist import SECTIONS
from signatories.models import Declaration, DeclarationCoverage, ExpectedArea, PlanExpectation, Signature
from signatories.models.organisation import CORE_TYPES, OrganisationType

State = Declaration.State
UNPUBLISHED = {
    Declared.DRAFT: State.DRAFT,
    Declared.SUBMITTED: State.SUBMITTED,
    Declared.RETURNED: State.RETURNED,
}
NEWSPAPER = "The Example Gazette (synthetic: made up for the demonstration)"
# The core types that are missing, by the partnership's number: most have all.
MISSING: tuple[frozenset[OrganisationType], ...] = (
    frozenset(),
    frozenset({OrganisationType.AMBULANCE_TRUST}),
    frozenset(),
    frozenset({OrganisationType.ACUTE_TRUST, OrganisationType.CHILDRENS_SERVICES}),
)
EXPECTED = ("North plan", "South East plan", "South West plan")


def declare(group: Group) -> list[PlanExpectation]:
    """The declaration of the partnership, if it has one of its own; returns the plans that it expects."""
    fate = group.story.declared
    if fate is Declared.ELSEWHERE:
        return []
    declaration = _declaration(group, fate)
    _cover(group, declaration)
    _sign(group, declaration)
    if fate is Declared.REPLACED:
        second = _replacement(group, declaration)
        _cover(group, second)
        _sign(group, second)
    return _expectations(group, declaration) if group.story.geometry is Geometry.EXPECTED else []


def _declaration(group: Group, fate: Declared) -> Declaration:
    declaration = Declaration(
        partnership=group.partnership,
        title=f"Declaration of {group.partnership.name}",
        summary=LABEL,
        state=UNPUBLISHED.get(fate, State.PUBLISHED),
        source=LABEL,
    )
    if fate in UNPUBLISHED:
        intended = group.on + timedelta(days=group.chances.randint(-60, 30))
        group.batch.claim(declaration, Claim.Event.INTENDED, intended, source=LABEL, chosen=True)
        _review(group, declaration)
        return group.batch.add(declaration)
    on = declaration.made_on = declaration.published_on = group.declared_on
    declaration.published_precision = Precision.BY if group.number % 7 == 6 else Precision.DAY
    if fate is Declared.WITHDRAWN:
        declaration.withdrawn_on, declaration.withdrawn_reason = group.days_ago(30, 90), WITHDRAWN_DECLARATION
    _claims(group, declaration, on)
    return group.batch.add(declaration)


def _review(group: Group, declaration: Declaration) -> None:
    """What a submission and a returned one have."""
    if declaration.state != State.DRAFT:
        declaration.sections_covered = list(SECTIONS)
        declaration.submitted_at = group.noon_before(3 + group.number % 20)
        declaration.submitted_by = group.people["coordinator"]
    if declaration.state == State.RETURNED:
        declaration.review_comment = "Say where the signed statement can be read."


def _claims(group: Group, declaration: Declaration, on: date) -> None:
    """What sources say of the day: two that disagree, now and then."""
    precision = declaration.published_precision
    group.batch.claim(declaration, Claim.Event.DECLARATION, on, precision=precision, source=LABEL, chosen=True)
    if group.number % 4 == 0:
        later = on + timedelta(days=group.chances.randint(10, 30))
        group.batch.claim(declaration, Claim.Event.DECLARATION, later, source=NEWSPAPER, text="Signed “this week”.")


def _replacement(group: Group, first: Declaration) -> Declaration:
    """A second declaration, which supersedes the first."""
    first.superseded_on = on = group.days_ago(520, 800)
    return group.batch.add(
        Declaration(
            partnership=group.partnership,
            title=f"Second declaration of {group.partnership.name}",
            summary=LABEL,
            state=State.PUBLISHED,
            made_on=on,
            published_on=on,
            published_precision=Precision.DAY,
            supersedes=first,
            source=LABEL,
        ),
        later=True,
    )


def _cover(group: Group, declaration: Declaration) -> None:
    for cover in covered(group):
        group.batch.add(DeclarationCoverage(declaration=declaration, **cover))


def _sign(group: Group, declaration: Declaration) -> None:
    """One signature for each organisation, but for the missing ones; some are supporters, one has left."""
    missing = MISSING[group.number % len(MISSING)]
    signed_on = declaration.made_on
    for type_, organisation in group.organisations.items():
        if type_ in missing:
            continue
        signature = Signature(
            declaration=declaration,
            organisation=organisation,
            name_as_signed=organisation.name,
            signer_role="Chief executive",
            as_type=type_,
            kind=Signature.Kind.SIGNATORY if type_ in CORE_TYPES else Signature.Kind.SUPPORTER,
            signed_on=signed_on,
            source=LABEL,
        )
        if type_ is OrganisationType.CLINICAL_COMMISSIONER:
            signature.name_as_signed = FORMERLY.format(group.areas[0].name)
        if type_ is OrganisationType.HOUSING and signed_on and group.number % 5 == 2:
            signature.withdrawn_on, signature.withdrawn_reason = group.days_ago(100, 300), LEFT
        group.batch.add(signature)


def _expectations(group: Group, declaration: Declaration) -> list[PlanExpectation]:
    """Three plans that cut across three areas: each but the first is for the first area and one more."""
    expected = []
    for place, label in enumerate(EXPECTED):
        expectation = group.batch.add(PlanExpectation(declaration=declaration, label=label, source=LABEL))
        expected.append(expectation)
        for area in dict.fromkeys((group.areas[0], group.areas[place])):
            group.batch.add(ExpectedArea(expectation=expectation, area=area))
    return expected
