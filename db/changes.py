"""Which transactions concern the lists of other counters, and how these hear of them."""

from collections.abc import Iterable

QUIET = frozenset(
    {
        "enrolment",
        "journal_entry",
        "keying_session",
        "learning_result",
        "other_initials",
        "person",
        "register",
        "roster_lease",
        "second_keyed_row",
        "second_keying",
    }
)
"""Tables of which no list shows anything. A row that is keyed every few seconds at forty counters wakes nobody."""


def concern_lists(tables: Iterable[str]) -> bool:
    """Whether a list may look otherwise after a transaction that wrote these tables."""
    written = frozenset(tables)
    # What is stated and waits for a second person is an entry of the journal alone.
    return written == {"journal_entry"} or not written <= QUIET
