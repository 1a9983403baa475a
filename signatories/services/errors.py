class NotAllowedError(Exception):
    """The facts do not allow this step now; the message is one plain sentence for the person who tried."""
