"""What becomes of the rows of several registers in the one that they become; casework decides it, nothing here does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Integer, Table

from db.chain.content import Value
from db.chain.statements import DERIVED
from db.models import Row
from db.seal import Vault

NOT_TAKEN: Mapping[str, str] = {
    "register": "the new one has its own",
    "row_proof": "made anew under the new chain",
    "chain_link": "the chain begins anew; heads of the old ones stand in the journal",
    "chain_key": "of the old chains",
    "staff_password": "bound to the number of the row and the first key of its register",
    "sign_in_failure": "counted by a key of its register",
    "roster_lease": "of a program that keys into the old register",
    **dict.fromkeys(DERIVED, "follows from other rows, and is made anew out of them"),
}
"""Tables of which no row goes along, and why."""
_OFFICES = frozenset({"opened_by"})
"""Columns that end like those with names of staff, and hold codes of offices."""
_NAMES = frozenset(
    {("staff", "name"), ("substitution", "absent"), ("substitution", "substitute"), ("journal_entry", "for_name")}
)
_NAME, _BY = "staff_name", "_by"


class Place(NamedTuple):
    """A row of one of the registers."""

    source: int
    """Which of the registers, from 0."""
    table: str
    key: tuple[Value, ...]
    """The values of its primary key."""


@dataclass(frozen=True, slots=True)
class Source:
    """One of the registers, in a transaction that reads."""

    connection: Connection
    vault: Vault
    """With the versions in force."""


@dataclass(slots=True)
class Plan:
    """Which rows are taken, and what is otherwise in them."""

    left_out: set[Place] = field(default_factory=set)
    same: dict[Place, Place] = field(default_factory=dict)
    """Rows that are one with a row of another register, which is taken in their place."""
    changed: dict[Place, dict[str, Any]] = field(default_factory=dict)
    """Values of columns, integers, bytes or None."""
    names: Sequence[Mapping[str, str]] = ()
    """By register, the staff who are called otherwise: name there → name here."""

    def is_taken(self, place: Place) -> bool:
        """Whether the row itself goes along."""
        return place not in self.left_out and place not in self.same

    def one_with(self, place: Place) -> Place:
        """The row that is taken in its place; itself where it is taken."""
        while place in self.same:
            place = self.same[place]
        return place

    def touched(self) -> frozenset[str]:
        """The tables of which some rows do not go along or are changed."""
        return frozenset(place.table for place in (*self.left_out, *self.same, *self.changed))


Texts = Callable[[int, str, Mapping[str, Any], dict[str, str]], dict[str, str]]
"""What is under seal in a row as the new register has it: of which register, table, row (with the numbers that it had)
and texts by column."""
LookUps = Callable[[int, str, str, bytes, Mapping[str, str]], bytes | None]
"""A look-up key of the new register: of which register, table, column, the key there, and the texts of the row."""


def taken_tables() -> list[Table]:
    """The tables whose rows go along, those before that others refer to."""
    return [table for table in Row.metadata.sorted_tables if table.name not in NOT_TAKEN]


def own_number(table: Table) -> Column[Any] | None:
    """The column of a primary key that is a number of its own; None where it is a text or that of another table."""
    keys = list(table.primary_key.columns)
    if len(keys) != 1 or keys[0].foreign_keys or not isinstance(keys[0].type, Integer):
        return None
    found: Column[Any] = keys[0]
    return found


def references(table: Table) -> dict[str, str]:
    """By column, the table whose number it holds."""
    found = {}
    for key in table.foreign_keys:
        if own_number(key.column.table) is not None:
            found[key.parent.name] = key.column.table.name
    return found


def names_of_staff(table: Table) -> tuple[str, ...]:
    """The columns in which a member of staff stands by name."""
    return tuple(column.name for column in table.columns if _is_name(table.name, column.name))


def _is_name(table: str, column: str) -> bool:
    return column == _NAME or (column.endswith(_BY) and column not in _OFFICES) or (table, column) in _NAMES
