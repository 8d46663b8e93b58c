"""Random edits of a register's file past the program: each is found, and named by its table, row and field."""

import random
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from db.chain.content import decoded, proof_of
from db.chain.findings import Finding, Verified, What
from db.chain.links import FIRST_MAC, Link, mac_of, packed, unpacked
from db.chain.schema import row_with, shape_in
from db.chain.statements import DERIVED
from db.chain.walk import verify
from db.kinds.sqlite import CATALOG
from db.seal import Vault
from pxtui.home import Home
from tests.conftest import empty_register
from tests.support.pay_desk import PayDesk, bounced, paid

SHORT, LONG = 150, 10_000
CHAIN = ("chain_link", "row_proof", "chain_key", *DERIVED)
"""What proves the others, and what follows from them."""
Hit = Callable[[Finding], bool]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Vault]:
    """A register with claims that were paid, bounced and wait, and its key."""
    folder = tmp_path_factory.mktemp("whole")
    register = empty_register(Home(folder / "pxtui"))
    counter = PayDesk(register)
    counter.hire_colleagues()
    counter.grant()
    first, second = counter.cleared(), counter.cleared()
    batch = counter.at_the_bank(folder, first, second)
    counter.answer(batch, paid(first), bounced(second))
    counter.signed(counter.cleared())
    register.close()
    return register.home.register, Vault.open(register.home.key)


class Culprit:
    """Somebody with another program and a file of his own."""

    def __init__(self, seed: int, path: Path) -> None:
        self.dice = random.Random(seed)
        self.file = sqlite3.connect(path, isolation_level=None)
        self.file.execute("PRAGMA foreign_keys = OFF")

    def rows(self, statement: str, *values: object) -> list[Sequence[object]]:
        """What stands there."""
        return self.file.execute(statement, values).fetchall()

    def act(self) -> Hit:
        """One edit, and by what it is found."""
        names = ("change", "change", "remove", "add", "swap", "move", "object", "link", "proof", "tail", "forge")
        while True:
            hit: Hit | None = getattr(self, f"_{self.dice.choice(names)}")()
            if hit is not None:
                return hit

    def _table(self) -> str:
        names = [str(name) for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        filled = [name for name in names if name not in CHAIN and self.rows(f"SELECT 1 FROM {name}")]  # noqa: S608
        self._open(filled)
        return self.dice.choice(filled)

    def _open(self, _tables: object) -> None:
        """Nothing that the database refuses stops him: he puts its triggers back afterwards."""
        self.triggers = [
            (str(name), str(sql))
            for name, sql in self.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        ]
        for name, _ in self.triggers:
            self.file.execute(f"DROP TRIGGER {name}")

    def _close(self) -> None:
        for _, sql in self.triggers:
            self.file.execute(sql)

    def _columns(self, table: str) -> list[str]:
        return [str(name) for (name,) in self.rows("SELECT name FROM pragma_table_info(?)", table)]

    def _row(self, table: str) -> int:
        return int(str(self.dice.choice(self.rows(f"SELECT rowid FROM {table}"))[0]))  # noqa: S608

    def _write(self, statement: str, *values: object) -> bool:
        """Whether the database took it: a check or a number that is given once may refuse."""
        try:
            return self.file.execute(statement, values).rowcount > 0
        except sqlite3.IntegrityError:
            return False

    def _change(self) -> Hit | None:
        table = self._table()
        row, column = self._row(table), self.dice.choice(self._columns(table))
        ((before,),) = self.rows(f'SELECT "{column}" FROM {table} WHERE rowid = ?', row)  # noqa: S608
        others: list[object] = [
            before + 1 if isinstance(before, int) else f"{before}x",
            self.dice.randbytes(20),
            "",
            0,
            "claim-paid",
            "李四",
        ]
        after = self.dice.choice([other for other in others if other != before])
        is_done = self._write(f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?', after, row)  # noqa: S608
        same = self.rows(f'SELECT "{column}" IS ? FROM {table} WHERE rowid = ?', before, row)  # noqa: S608
        self._close()
        if not is_done or same == [(1,)]:
            return None
        return lambda finding: (
            finding.table == table and (finding.what is not What.CHANGED or finding.columns == (column,))
        )

    def _remove(self) -> Hit | None:
        table = self._table()
        self._write(f"DELETE FROM {table} WHERE rowid = ?", self._row(table))  # noqa: S608
        self._close()
        return lambda finding: finding.table == table and finding.what is What.REMOVED

    def _add(self) -> Hit | None:
        table = self._table()
        columns = self._columns(table)
        values = [
            f"max(id) + {self.dice.randrange(1, 9)}" if name == "id"
            else f"'{self.dice.randbytes(4).hex()}'" if name in ("uid", "name", "code", "id_key", "digest")
            else f"max({name}) + 1000" if name in ("serial", "position", "version")
            else f'"{name}"'
            for name in columns
        ]  # fmt: skip
        listed = ", ".join(f'"{name}"' for name in columns)
        is_done = self._write(f"INSERT INTO {table} ({listed}) SELECT {', '.join(values)} FROM {table}")  # noqa: S608
        self._close()
        return (lambda finding: finding.table == table and finding.what is What.ADDED) if is_done else None

    def _swap(self) -> Hit | None:
        table = self._table()
        columns = [name for name in self._columns(table) if name != "id"]
        some = self.dice.sample(columns, self.dice.randint(1, min(4, len(columns))))
        listed = ", ".join(f'"{name}"' for name in some)
        rows = self.rows(f"SELECT rowid, {listed} FROM {table}")  # noqa: S608
        if len(rows) < 2:
            self._close()
            return None
        (one, *his), (other, *hers) = self.dice.sample(rows, 2)
        marks = ", ".join(f'"{name}" = ?' for name in some)
        is_done = his != hers
        for row, values in ((one, hers), (other, his)):
            is_done = is_done and self._write(f"UPDATE {table} SET {marks} WHERE rowid = ?", *values, row)  # noqa: S608
        self._close()
        return (lambda finding: finding.table == table) if is_done else None

    def _move(self) -> Hit | None:
        table = self._table()
        statement = f"UPDATE {table} SET id = id + ? WHERE id = ?"  # noqa: S608
        has_number = "id" in self._columns(table)
        is_done = has_number and self._write(statement, self.dice.randrange(1, 10**6), self._row(table))
        self._close()
        return (lambda finding: finding.table == table) if is_done else None

    def _object(self) -> Hit | None:
        kinds = ("trigger", "index")
        found = self.rows("SELECT type, name FROM sqlite_master WHERE type IN (?, ?) AND sql IS NOT NULL", *kinds)
        kind, name = self.dice.choice(found)
        self.file.execute(f"DROP {kind} {name}")
        return lambda finding: finding.table == "sqlite_master" and finding.key == (kind, name)

    def _link(self) -> Hit | None:
        self._open(())
        ((last,),) = self.rows("SELECT max(id) FROM chain_link")
        number = self.dice.randint(1, int(str(last)))
        column = self.dice.choice(("at", "staff_name", "kind", "key_version", "writes", "mac", "id"))
        if column == "id" and number < int(str(last)):
            self._write("DELETE FROM chain_link WHERE id = ?", number)
        elif column == "id":
            self._write("UPDATE chain_link SET id = id + 3 WHERE id = ?", number)
        else:
            after = self.dice.choice([self.dice.randbytes(32), f"x{number}", 7])
            self._write(f"UPDATE chain_link SET {column} = ? WHERE id = ?", after, number)  # noqa: S608
        self._close()
        return lambda finding: finding.what in (What.LINK_FORGED, What.LINK_GONE)

    def _proof(self) -> Hit | None:
        table, key = self.dice.choice(self.rows("SELECT table_name, row_key FROM row_proof"))
        act = self.dice.choice(("DELETE FROM row_proof", "UPDATE row_proof SET tags = x'07'"))
        self._write(f"{act} WHERE table_name = ? AND row_key = ?", table, key)
        return lambda finding: finding.what is What.PROOF_CHANGED and finding.table == table

    def _tail(self) -> Hit | None:
        """He takes the newest links away: rows that they wrote are left, and what a paper bears is not there."""
        self._open(())
        ((last,),) = self.rows("SELECT max(id) FROM chain_link")
        self._write("DELETE FROM chain_link WHERE id > ?", int(str(last)) - self.dice.randint(1, 5))
        self._close()
        return lambda finding: finding.what is What.ANCHOR

    def _forge(self) -> Hit | None:
        """He changes a case and counts everything after it anew, by the program's own way, with a key that he drew."""
        self._open(())
        proven = "SELECT row_key, link_id FROM row_proof WHERE table_name = 'training_case'"
        row_key, first = self.dice.choice(self.file.execute(proven).fetchall())
        (number,) = decoded(row_key)
        column = self.dice.choice(("occupation", "stage", "provider"))
        self._write(f"UPDATE training_case SET {column} = ? WHERE id = ?", f"{self.dice.random()}", number)  # noqa: S608
        self._count_anew("training_case", row_key, first, self.dice.randbytes(32))
        has_key = self.dice.random() < 0.5
        if has_key:
            self._write("UPDATE chain_key SET secret = ?", self.dice.randbytes(60))
        self._close()
        wrong = What.NO_KEY if has_key else What.LINK_FORGED
        return lambda finding: finding.what is wrong

    def _count_anew(self, table: str, row_key: bytes, first: int, key: bytes) -> None:
        shape = shape_in(CATALOG, table, self.rows(CATALOG.columns, table))
        (row,) = self.file.execute(*row_with(CATALOG, shape, decoded(row_key))).fetchall()
        proof = proof_of(shape, row, key)
        where = "WHERE table_name = ? AND row_key = ?"
        self._write(f"UPDATE row_proof SET content = ?, tags = ? {where}", *proof, table, row_key)  # noqa: S608
        before = self.file.execute("SELECT mac FROM chain_link WHERE id = ?", (first - 1,)).fetchone()
        previous: bytes = before[0] if before else FIRST_MAC
        columns = "id, at, staff_name, kind, key_version, writes, mac"
        links = self.file.execute(f"SELECT {columns} FROM chain_link WHERE id >= ? ORDER BY id", (first,))  # noqa: S608
        for values in links.fetchall():
            link = Link(*values)
            writes = [
                write._replace(after=proof.bound(key)) if (write.table, write.key) == (table, row_key) else write
                for write in unpacked(link.writes)
            ]
            link = replace(link, writes=packed(writes) if link.id == first else link.writes)
            previous = mac_of(key, previous, link)
            self._write("UPDATE chain_link SET writes = ?, mac = ? WHERE id = ?", link.writes, previous, link.id)


def found_and_missed(whole: tuple[Path, Vault], folder: Path, seeds: Sequence[int]) -> list[str]:
    """The edits that were not found, or not named."""
    path, vault = whole
    head = verify(path, vault).head
    copy = folder / "copy.sqlite"
    missed = []
    for seed in seeds:
        copy.write_bytes(path.read_bytes())
        culprit = Culprit(seed, copy)
        with closing(culprit.file):
            hit = culprit.act()
        result: Verified = verify(copy, vault, anchors=[head])
        if not any(hit(finding) for finding in result.findings):
            missed.append(f"{seed}: {result.findings[:2]}")
    return missed


@pytest.mark.slow
def test_random_edits_are_found_and_named(whole: tuple[Path, Vault], tmp_path: Path) -> None:
    assert found_and_missed(whole, tmp_path, range(SHORT)) == []


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_ten_thousand_random_edits_are_found_and_named(part: int, whole: tuple[Path, Vault], tmp_path: Path) -> None:
    assert found_and_missed(whole, tmp_path, range(part, LONG, 4)) == []
