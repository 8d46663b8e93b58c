"""The rows of a table as the new register has them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select

from db.chain.schema import all_rows
from db.chain.statements import shape_in_models, stream
from db.kinds import kind_at
from db.merging.numbers import Numbers
from db.merging.plan import LookUps, Place, Plan, Source, Texts, names_of_staff, own_number, references
from db.seal import Vault, identity_of
from db.sealed_columns import Sealed, look_up_columns, sealed_columns

AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Moving:
    """What all tables have in common."""

    sources: Sequence[Source]
    anew: Vault
    plan: Plan
    numbers: Numbers
    look_up: LookUps
    texts: Texts


@dataclass(frozen=True, slots=True)
class Moved:
    """A row of the new register with its texts in clear."""

    values: dict[str, Any]
    """What is sealed is empty."""
    texts: dict[str, str]


class Fields:
    """The columns of a table, and what becomes of them."""

    def __init__(self, table: Table, moving: Moving) -> None:
        """`table`: of the metadata."""
        self._moving = moving
        self.sources = moving.sources
        self.anew = moving.anew
        self.table = table
        self._sealed: Sealed | None = next((kind for kind in sealed_columns() if kind.table == table.name), None)
        self._look_ups = next((kind.columns for kind in look_up_columns() if kind.table == table.name), ())
        self._key = [column.name for column in table.primary_key.columns]
        number = own_number(table)
        self._numbers = references(table) | ({} if number is None else {number.name: table.name})
        self._names = names_of_staff(table)

    def typed(self, source: int) -> Iterator[list[dict[str, Any]]]:
        """The rows of a register with their types, some at a time."""
        every = select(self.table).order_by(*self.table.primary_key.columns).execution_options(stream_results=True)
        for some in self._moving.sources[source].connection.execute(every).mappings().partitions(AT_ONCE):
            yield [dict(row) for row in some]

    def stored(self, source: int) -> Iterator[dict[str, Any]]:
        """The same as they are stored."""
        connection = self._moving.sources[source].connection
        shape = shape_in_models(self.table.name)
        for values in stream(connection, all_rows(kind_at(connection).catalog, shape), AT_ONCE):
            yield dict(zip(shape.columns, values, strict=True))

    def moved(self, source: int, row: Mapping[str, Any]) -> Moved | None:
        """A row as the new register has it; None: it has it not, or another one in its place."""
        plan = self._moving.plan
        place = Place(source, self.table.name, tuple(row[name] for name in self._key))
        if not plan.is_taken(place):
            return None
        texts = self.in_clear(row, self._moving.sources[source].vault)
        changed = dict(row)
        for name in self._look_ups:
            if row[name] is not None:
                changed[name] = self._moving.look_up(source, self.table.name, name, row[name], texts)
        for name, table in self._numbers.items():
            if row[name] is not None:
                changed[name] = self._moving.numbers.new(source, table, row[name])
        for name in self._names:
            changed[name] = plan.names[source].get(row[name], row[name])
        if texts:
            texts = self._moving.texts(source, self.table.name, row, texts)
        return Moved(changed | dict.fromkeys(texts, b"") | plan.changed.get(place, {}), texts)

    def sealed(self, moved: Moved) -> dict[str, Any]:
        """The row with its texts under the new key, bound to its new place."""
        if self._sealed is None:
            return moved.values
        identity = self._identity(moved.values)
        blobs = {
            name: self._moving.anew.seal_in_row(self.table.name, identity, name, text)
            for name, text in moved.texts.items()
        }
        return moved.values | blobs

    def in_clear(self, row: Mapping[str, Any], vault: Vault) -> dict[str, str]:
        """What is under seal in a row.

        Raises:
            PxtuiError: something does not open.
        """
        if self._sealed is None:
            return {}
        identity = self._identity(row)
        return {
            name: vault.unseal_in_row(self.table.name, identity, name, row[name] or b"")
            for name in self._sealed.columns
        }

    def _identity(self, row: Mapping[str, Any]) -> bytes:
        assert self._sealed is not None
        return identity_of(row["uid"], [row[name] for name in self._sealed.bound_to])
