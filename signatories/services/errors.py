class NotAllowedError(Exception):
    """The facts do not allow this step now; the message is one plain sentence for the person who tried."""


class FasterError(NotAllowedError):
    """Somebody else has saved the same thing since it was opened; nothing of this attempt is written."""
