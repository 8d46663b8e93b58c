"""What a verification finds, without a word for a screen."""

from dataclasses import dataclass, field
from enum import StrEnum

from db.chain.content import Value


class What(StrEnum):
    """What is wrong. The names of the tables `sqlite_master` and `row_proof` say that a table or a proof is meant."""

    CHANGED = "changed"
    """A row is not as its last link left it."""
    REMOVED = "removed"
    ADDED = "added"
    """A row that no link wrote."""
    WRITTEN_OVER = "written-over"
    """A link wrote a row that was then not as the link before had left it."""
    PROOF_CHANGED = "proof-changed"
    """The proof that is kept for a row is not that of its last link; the row itself may be whole."""
    LINK_FORGED = "link-forged"
    """The hash of a link does not fit to it and the link before."""
    LINK_GONE = "link-gone"
    """Numbers of links are missing."""
    NO_CHAIN = "no-chain"
    """The register has no links, or a table of the chain is gone."""
    NO_KEY = "no-key"
    """A key of the chain is missing or is no key of this register."""
    ANCHOR = "anchor"
    """A head that was printed or noted is not in the chain."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A link, as far as it says who and when."""

    id: int
    at: str | None
    staff_name: str
    entries: tuple[int, ...] = ()
    """The journal entries of its transaction."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong."""

    what: What
    table: str = ""
    key: tuple[Value, ...] = ()
    columns: tuple[str, ...] = ()
    """The columns that differ; none where that cannot be said."""
    link: int | None = None
    """The last link that is good: for a row the one that wrote it last, for the chain the one before."""
    about: str = ""
    """An anchor as it was given, or the numbers of links that are missing."""


@dataclass(slots=True)
class Verified:
    """What a verification looked at, and what it found."""

    links: int = 0
    rows: int = 0
    head: str = ""
    """Of the newest link, see `db.chain.links.head_of`."""
    findings: list[Finding] = field(default_factory=list)
    """At most `MOST`."""
    seen: dict[int, Seen] = field(default_factory=dict)
    """The links that the findings name."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


MOST = 500
"""Findings that are named; whoever altered more has altered enough."""
