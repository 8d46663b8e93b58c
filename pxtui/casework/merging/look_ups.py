"""Look-up keys of several registers as the one has them: made anew from the text that each is of.

Of some there is no text in the row, and of erased people none anywhere: those are found by a row that has both, else
they stay what they are to each other, under a key that nobody else's number comes to.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import func, select
from sqlmodel import col

from db.merging.plan import Source
from db.models import Case, Enrolment, Row, Staff
from db.phone_keys import account_key, phone_key
from db.seal import Vault, identity_of
from db.sealed_columns import Sealed, sealed_columns
from pxtui.casework.roster.rows import ID_NUMBER, ID_TAIL
from pxtui.casework.roster.second_keying import row_key
from pxtui.casework.signs.decisions import EVIDENCE
from pxtui.identifiers import id_number
from pxtui.identifiers.text import canonical_code

_ID_KEY, _ID, _TAIL, _PHONE, _ROW_KEY = "id_key", "id_number", "tail_key", "phone_key", "row_key"
_PERSON_KEY, _BUNDLE_KEY = "person_key", "bundle_key"
_ACCOUNT, _EVIDENCE = "account_key", "evidence_key"
_PHONES = ("phone", "contact_phone")
_NOT_KNOWN_AGAIN = "of a register before the merge"


class LookUps:
    """See `db.merging.plan.LookUps`."""

    def __init__(self, sources: Sequence[Source], anew: Vault) -> None:
        """Reads every ID number of the registers once."""
        self._sources = sources
        self._anew = anew
        self._people = [dict(_of_people(source, anew)) for source in sources]
        self._rows = [dict(_of_rows(source, anew)) for source in sources]
        self._several = [_of_several_names(source) for source in sources]
        self._erased: set[tuple[int, bytes]] = set()

    def lost(self) -> dict[str, int]:
        """By column, how many keys there are that cannot be made anew; rows of one person are counted once."""
        columns = {_PERSON_KEY: Staff.person_key, _BUNDLE_KEY: Case.bundle_key}
        asked = {name: select(func.count(col(column))) for name, column in columns.items()}
        counted = {
            name: sum(source.connection.execute(statement).scalar_one() for source in self._sources)
            for name, statement in asked.items()
        }
        return counted | {_ID_KEY: len(self._erased)}

    def __call__(self, source: int, table: str, column: str, key: bytes, texts: Mapping[str, str]) -> bytes | None:
        """A look-up key of the new register, None for one that cannot be made."""
        if column == _ID_KEY:
            return self._person(source, key)
        if column == _TAIL:
            return self._anew.look_up_key(ID_TAIL, id_number.tail(texts[_ID])) if texts[_ID] else None
        if column == _PHONE:
            return next((phone_key(self._anew, texts[name]) for name in _PHONES if texts.get(name)), None)
        if column == _ACCOUNT:
            return account_key(self._anew, texts["bank_account"])
        if column == _EVIDENCE:
            return self._anew.look_up_key(EVIDENCE, texts["evidence"])
        if column == _ROW_KEY:
            return self._rows[source].get(key) or self._derived(source, column, key)
        if column == _PERSON_KEY:
            # Two names of one person stay one person, which nobody may be to himself.
            return self._derived(source, column, key) if key in self._several[source] else None
        # The facts of a bundle stand nowhere as they were handed in.
        assert column == _BUNDLE_KEY, f"{table}.{column}"
        return None

    def _person(self, source: int, key: bytes) -> bytes:
        known = self._people[source].get(key)
        if known is not None:
            return known
        self._erased.add((source, key))
        return self._derived(source, _ID_KEY, key)

    def _derived(self, source: int, column: str, key: bytes) -> bytes:
        # The lasting key tells registers apart, in whatever order they were given.
        of_register = self._sources[source].vault.lasting_key(_NOT_KNOWN_AGAIN).hex()
        return self._anew.look_up_key(_NOT_KNOWN_AGAIN, f"{column}\0{of_register}\0{key.hex()}")


def _of_people(source: Source, anew: Vault) -> Iterator[tuple[bytes, bytes]]:
    """The keys of a register's people, with those that they have in the new one."""
    for sealed in sealed_columns():
        if {_ID_KEY, _ID} <= {*Row.metadata.tables[sealed.table].columns.keys()}:
            for key, number in _numbers(source, sealed):
                forms = sorted({canonical_code(number), id_number.with_century(number)})
                for form in forms:
                    if source.vault.look_up_key(ID_NUMBER, form) == key:
                        yield key, anew.look_up_key(ID_NUMBER, form)


def _numbers(source: Source, sealed: Sealed) -> Iterator[tuple[bytes, str]]:
    table = Row.metadata.tables[sealed.table]
    columns = [table.c[name] for name in ("uid", *sealed.bound_to, _ID_KEY, _ID)]
    for uid, *bound, key, blob in source.connection.execute(select(*columns).where(table.c[_ID_KEY].is_not(None))):
        if blob:
            yield key, source.vault.unseal_in_row(sealed.table, identity_of(uid, bound), _ID, blob)


def _of_rows(source: Source, anew: Vault) -> Iterator[tuple[bytes, bytes]]:
    """The keys of rows of rosters that may have been keyed a second time."""
    table = Row.metadata.tables[str(Enrolment.__tablename__)]
    keyed = select(Row.metadata.tables["second_keying"].c.case_id)
    asked = select(table.c.uid, table.c.id, table.c.case_id, table.c.name, table.c.id_number)
    for uid, number, case_id, name, blob in source.connection.execute(asked.where(table.c.case_id.in_(keyed))):
        text = source.vault.unseal_in_row(table.name, identity_of(uid, (number, case_id)), _ID, blob)
        yield row_key(source.vault, name, text), row_key(anew, name, text)


def _of_several_names(source: Source) -> frozenset[bytes]:
    """The keys of people who stand in a register under several names of staff."""
    table = Row.metadata.tables[str(Staff.__tablename__)]
    keys = source.connection.execute(select(table.c.person_key).where(table.c.person_key.is_not(None))).scalars()
    return frozenset(key for key, count in Counter(keys).items() if count > 1)
