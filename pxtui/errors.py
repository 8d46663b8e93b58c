"""The one family of errors that a person may see, in three kinds."""


class PxtuiError(Exception):
    """What went wrong and what to do about it, as one Chinese sentence for a clerk.

    Commands print it and exit with 2; screens put it on the message line. Nothing was stored, but for a `DatabaseAway`
    that says it does not know. It is raised as one of the kinds below, and caught as one of them by whoever tells them
    apart.
    """

    @property
    def sentence(self) -> str:
        """The sentence."""
        return str(self)


class Refused(PxtuiError):
    """It is not possible as it was asked for; the clerk, the applicant or another officer can change that."""


class Overtaken(Refused):
    """Two waited for each other, and this one was ended for the other's sake; asked for again, it may go through."""


class NotAllowed(Refused):
    """It is not for this person; a colleague may do it. The refusal itself is journalled."""


class PasswordWanted(Refused):
    """It needs the acting person's password once more, or the one that was given was wrong."""


class DatabaseAway(Refused):
    """The database cannot be reached or not be written just now; once it is back, the same may be asked for again."""

    doubt: "tuple[int, bytes] | None" = None
    """The link of the chain of a transaction whose end was not answered: stored or not. None: nothing was stored."""


class NotFound(PxtuiError):
    """What was named does not exist."""


class Damaged(PxtuiError):
    """The register or a file of the program itself cannot be relied upon: the administrator has to look at it."""


EXIT_UNREADABLE = 2
"""The exit code of a command that did nothing because its input was wrong."""
