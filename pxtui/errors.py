"""The one family of errors that a person may see."""


class PxtuiError(Exception):
    """What went wrong and what to do about it, as one Chinese sentence for a clerk.

    Commands print it and exit with 2; screens put it on the message line. Nothing was stored.
    """

    @property
    def sentence(self) -> str:
        """The sentence."""
        return str(self)


EXIT_UNREADABLE = 2
"""The exit code of a command that did nothing because its input was wrong."""
