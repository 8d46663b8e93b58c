"""What a verification finds, without a word for a screen."""

from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b

from db.chain.content import Value, encoded


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
    known: bytes = b""
    """What the chain says of it: of a row the proof that its last link gave."""
    found: bytes = b""
    """What stands there instead: of a row its proof as it stands; empty where nothing does."""

    @property
    def mark(self) -> str:
        """Sixteen hexadecimal digits of this finding and no other: the same row altered again has another one."""
        said = encoded((self.what.value, self.table, encoded(self.key), self.about, self.known, self.found))
        return blake2b(said, digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A finding that was laid before two people, as a row of the table says that its own proof holds."""

    mark: str
    sentence: str
    reason: str
    proposed_by: str
    proposed_at: str
    accepted_by: str | None
    """None: the second person has not confirmed it."""
    accepted_at: str | None


@dataclass(slots=True)
class Verified:
    """What a verification looked at, and what it found."""

    links: int = 0
    rows: int = 0
    head: str = ""
    """Of the newest link, see `db.chain.links.head_of`."""
    findings: list[Finding] = field(default_factory=list)
    """At most `MOST`."""
    confirmed: list[Confirmed] = field(default_factory=list)
    """Findings that people confirmed, or that wait for the second of them, the oldest first."""
    seen: dict[int, Seen] = field(default_factory=dict)
    """The links that the findings name."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found but what two people have confirmed."""
        return not self.findings


LASTING = frozenset({What.WRITTEN_OVER, What.LINK_FORGED, What.LINK_GONE, What.ANCHOR})
"""What no later link mends: confirmed, it is found again by every verification and known by its mark."""
OF_ROWS = frozenset({What.CHANGED, What.REMOVED, What.ADDED, What.PROOF_CHANGED})
"""What is over once the row is proven as it stands."""

MOST = 500
"""Findings that are named; whoever altered more has altered enough."""
