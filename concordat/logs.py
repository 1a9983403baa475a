"""What no line of the log may hold."""

import logging

from concordat.kernel.tokens import without_tokens


class WithoutTokens(logging.Filter):
    """No line of the log holds a secret of an address, whoever writes it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, with a mark in the place of a secret."""
        message = record.getMessage()
        if (told := without_tokens(message)) != message:
            record.msg, record.args = told, None
        return True
