"""Who: one file per thing."""

from signatories.models.board import Board, BoardChair, BoardOversight
from signatories.models.calendar import CalendarAddress
from signatories.models.chasing import ChasingHold, ChasingOptOut, ChasingPause, UpdateWindow
from signatories.models.contact import ContactEntry
from signatories.models.declaration import (
    Declaration,
    DeclarationCoverage,
    ExpectedArea,
    PlanExpectation,
    Signature,
)
from signatories.models.document import Document
from signatories.models.enquiry import Enquiry
from signatories.models.invitation import Invitation
from signatories.models.job import JobDay
from signatories.models.mail_report import MailReport, MailReportCount
from signatories.models.mailed import MailState
from signatories.models.meeting import BoardMeeting
from signatories.models.membership import Membership, Role
from signatories.models.notice import Message, Notice, Reply
from signatories.models.organisation import Organisation, OrganisationIdentifier, OrganisationName
from signatories.models.partnership import Partnership, PartnershipCoverage, PartnershipMember
from signatories.models.person import MailStop, Person, reachable
from signatories.models.programme import Milestone, Programme, Steward
from signatories.models.review_round import ReviewRound, ReviewRoundArea, RoundState
from signatories.models.sign_in import SignIn
from signatories.models.signed_link import SignedLink
from signatories.models.statement import Statement
from signatories.models.wording import Wording

__all__ = [
    "Board",
    "BoardChair",
    "BoardMeeting",
    "BoardOversight",
    "CalendarAddress",
    "ChasingHold",
    "ChasingOptOut",
    "ChasingPause",
    "ContactEntry",
    "Declaration",
    "DeclarationCoverage",
    "Document",
    "Enquiry",
    "ExpectedArea",
    "Invitation",
    "JobDay",
    "MailReport",
    "MailReportCount",
    "MailState",
    "MailStop",
    "Membership",
    "Message",
    "Milestone",
    "Notice",
    "Organisation",
    "OrganisationIdentifier",
    "OrganisationName",
    "Partnership",
    "PartnershipCoverage",
    "PartnershipMember",
    "Person",
    "PlanExpectation",
    "Programme",
    "Reply",
    "ReviewRound",
    "ReviewRoundArea",
    "Role",
    "RoundState",
    "SignIn",
    "Signature",
    "SignedLink",
    "Statement",
    "Steward",
    "UpdateWindow",
    "Wording",
    "reachable",
]
