class UnfitFileError(ValueError):
    """A file that we do not take; the message is one or two plain sentences for the person who sent it."""
