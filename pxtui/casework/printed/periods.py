"""Periods of the reports about the whole office, as they are keyed: a day, a month or a year."""

from datetime import date

from pxtui.errors import Refused

EXAMPLES = {
    "daily-ledger": "2020-03-16",
    "monthly-ledger": "2020-03",
    "recovery-ledger": "2020",
    "forwarding-list": "2020-03-16",
}
"""By form, how its period is keyed."""
_FIRST_DAY = "0000-01-01"
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def first_day(form: str, text: str, named: str = "") -> date:
    """The first day of the period of a report.

    Args:
        named: what the text is called in front of it, such as the option of a command.

    Raises:
        PxtuiError: the text is no such period.
    """
    example = EXAMPLES[form]
    try:
        if len(text) != len(example):
            raise ValueError(text)
        found = date.fromisoformat(text + _FIRST_DAY[len(example) :])
        if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
            raise ValueError(text)
        return found
    except ValueError:
        raise Refused(f"{named}“{text}”有误，请写成{example}的形式。") from None


def keyed(form: str, day: date) -> str:
    """The period of a report in which a day lies, as it is keyed."""
    return f"{day}"[: len(EXAMPLES[form])]
