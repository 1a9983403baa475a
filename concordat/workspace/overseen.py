"""The partnerships that a meeting is about, as somebody sees them."""

from django.http import Http404

from signatories.access import Access
from signatories.models import BoardMeeting, Partnership


def visible_partnerships(access: Access, meeting: BoardMeeting) -> list[Partnership]:
    """Those that the board oversees on the day of the meeting, and whose own side the person sees. One query."""
    return [each for each in meeting.partnerships.select_related("programme") if access.reads_partnership(each.pk)]


def chosen_partnership(partnerships: list[Partnership], slug: str) -> Partnership | None:
    """The one with that slug, or else the first; None if there is none at all. Raises Http404 for another slug."""
    if not slug:
        return next(iter(partnerships), None)
    found = next((each for each in partnerships if each.slug == slug), None)
    if found is None:
        raise Http404
    return found
