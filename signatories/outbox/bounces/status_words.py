"""What the codes of RFC 3463 say, in plain words. Pure."""

# By what follows the class of the code, the longest first; then by its subject alone.
WORDS = {
    "1.1": "there is no such mailbox",
    "1.2": "there is no such mail server",
    "1.6": "the mailbox has moved",
    "1.10": "that mail server takes no mails",
    "2.0": "the mailbox does not take it",
    "2.1": "the mailbox is closed",
    "2.2": "the mailbox is full",
    "2.3": "it is too large for the mailbox",
    "3.4": "it is too large for the mail server",
    "4.1": "the mail server does not answer",
    "4.4": "there is no way to the mail server",
    "4.7": "the mail server could not be reached in time",
    "1": "something is wrong with the address",
    "2": "something is wrong with the mailbox",
    "3": "something is wrong with the mail server",
    "4": "the mail server could not be reached",
    "5": "the mail servers do not understand each other",
    "6": "the mail server cannot read it",
    "7": "the mail server refuses mails from here",
}
UNKNOWN = "the mail server did not say why"


def came_back(status: str) -> str:
    """Why a mail came back: “It came back: there is no such mailbox (5.1.1).”"""
    _, _, rest = status.partition(".")
    words = WORDS.get(rest) or WORDS.get(rest.partition(".")[0]) or UNKNOWN
    return f"It came back: {words}{f' ({status})' if status else ''}."
