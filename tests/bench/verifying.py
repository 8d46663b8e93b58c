"""What the verification of a register of many acts costs: `python -m tests.bench verify [ENTRIES]`."""

import resource
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from db.chain import links
from db.chain.content import Value, encoded, proof_of
from db.chain.keys import ChainKeys
from db.chain.links import Kind, Write
from db.chain.statements import run, run_many, shape_in_models
from db.chain.walk import verify
from db.engine import private_engine
from db.seal import Vault
from pxtui.home import Home
from tests.bench.table import Line, Report
from tests.support.rosters import made_up_people, office_with_roster

ENTRIES = 1_000_000
_PEOPLE = 200
_AT_ONCE = 10_000
_BUDGET_SECONDS = 60
_STORE = "INSERT OR REPLACE INTO row_proof (table_name, row_key, link_id, content, tags) VALUES (?, ?, ?, ?, ?)"


def measured_verifying(entries: int = ENTRIES) -> Report:
    """The verification of a register in which so many acts were done, one transaction each."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        home = Home(office_with_roster(Path(folder), made_up_people(_PEOPLE)) / "data")
        vault = Vault.open(home.key)
        _act(home.register, vault, entries)
        size = home.register.stat().st_size / 2**20
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started, worked = time.perf_counter(), time.process_time()
        result = verify(home.register, vault)
        seconds, work = time.perf_counter() - started, time.process_time() - worked
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert result.is_whole, result.findings[:3]
    rate = f"{result.links / seconds:,.0f} links/s, {result.rows:,} rows, {size:.0f} MB, +{grown:.0f} MB of memory"
    measured = f"{seconds:.1f} s, {work:.1f} s of them at work ({rate})"
    return Report(times=[Line(f"verify {entries:,} entries", measured, f"{_BUDGET_SECONDS} s")])


def _act(path: Path, vault: Vault, entries: int) -> None:
    """Do what so many transactions do that change a row and journal it, in fewer commits."""
    engine = private_engine(path)
    with closing(sqlite3.connect(path)) as file:
        ((first,),) = file.execute("SELECT max(id) + 1 FROM journal_entry").fetchall()
    for start in range(first, first + entries, _AT_ONCE):
        with engine.begin() as connection:
            _act_some(connection, vault, range(start, min(start + _AT_ONCE, first + entries)))
    engine.dispose()


def _act_some(connection: Connection, vault: Vault, numbers: range) -> None:
    key = ChainKeys(vault).of(connection, 1)
    entry, row = shape_in_models("journal_entry"), shape_in_models("enrolment")
    (first, *_) = run(connection, f"SELECT {_listed(entry.columns)} FROM journal_entry LIMIT 1")  # noqa: S608
    template = dict(zip(entry.columns, first, strict=True))
    rows = {
        int(str(found[row.columns.index("id")])): list(found)
        for found in run(connection, f"SELECT {_listed(row.columns)} FROM enrolment")  # noqa: S608
    }
    ids, entries, proofs = sorted(rows), [], []
    for number in numbers:
        values: list[Value] = [{**template, "id": number, "uid": f"u{number}"}[name] for name in entry.columns]
        changed = rows[ids[number % len(ids)]]
        before = proof_of(row, changed, key).bound(key)
        changed[row.columns.index("remark")] = f"第{number}次"
        entry_proof, row_proof = proof_of(entry, values, key), proof_of(row, changed, key)
        row_key = encoded((changed[row.columns.index("id")],))
        writes = [
            Write("journal_entry", encoded((number,)), b"", entry_proof.bound(key)),
            Write("enrolment", row_key, before, row_proof.bound(key)),
        ]
        signed, last = ("张三", "2020-03-16T02:30:00.000000+00:00"), links.last_link(connection)
        link = links.append(connection, key, 1, signed, Kind.WRITES, writes, last)
        entries.append(values)
        proofs.append(("journal_entry", encoded((number,)), link.id, *entry_proof))
        proofs.append(("enrolment", row_key, link.id, *row_proof))
    marks = ", ".join("?" * len(entry.columns))
    run_many(connection, f"INSERT INTO journal_entry ({_listed(entry.columns)}) VALUES ({marks})", entries)  # noqa: S608
    run_many(connection, _STORE, proofs)
    place, at = row.columns.index("id"), row.columns.index("remark")
    run_many(
        connection, "UPDATE enrolment SET remark = ? WHERE id = ?", [(kept[at], kept[place]) for kept in rows.values()]
    )


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)
