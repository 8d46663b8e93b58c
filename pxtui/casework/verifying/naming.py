"""Findings in sentences: which case, which table, which field, and the last good entry of the journal.

The database is read as it stands, without the models: what was altered must not hinder that it is told.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from db.chain.content import Value
from db.chain.findings import Finding, Seen, Verified, What
from db.kinds import kind_of
from db.kinds.raw import RawRows, Unreadable
from pxtui.casework.verifying import removed, words
from pxtui.clock import CHINA
from pxtui.home import Database

_BY_WAY_OF = {
    "case_id": "SELECT ?",
    "enrolment_id": "SELECT case_id FROM enrolment WHERE id = ?",
    "line_id": "SELECT case_id FROM payment_line WHERE id = ?",
    "item_id": "SELECT case_id FROM publicity_item WHERE id = ?",
}
"""How a row with this column leads to its case."""
_ENTRY = "SELECT at, staff_name, summary, case_id FROM journal_entry WHERE id = ?"
_SAID = {
    What.CHANGED: "{row}被程序以外的途径改动{columns}",
    What.REMOVED: "{row}被程序以外的途径删去",
    What.ADDED: "{row}不是程序写入的",
    What.WRITTEN_OVER: "{row}在第{about}环之前曾被程序以外的途径改动，此后程序又在上面改过",
    What.PROOF_CHANGED: "{row}的校验值被程序以外的途径改动或删去",
    What.LINK_FORGED: "校验链第{key}环与内容不符，被改动、调换或不是程序写入的",
    What.LINK_GONE: "校验链第{about}环被删去",
    What.NO_CHAIN: "校验链不见了{table}",
    What.NO_KEY: "校验链的密钥打不开，被改动或不是这个台账的",
    What.ANCHOR: "链头{about}不在校验链里：台账被换成了较早的副本，或链的末尾被删去",
}


def sentences(database: Database, verified: Verified) -> list[str]:
    """Each finding of a register in one sentence, what matters most to a case first; a register that is whole: none."""
    return list(dict.fromkeys(sentence for _, sentence in named(database, verified)))


def named(database: Database, verified: Verified) -> list[tuple[Finding, str]]:
    """Each finding with its sentence."""
    with kind_of(database).raw(database) as file:
        namer = _Namer(file, verified)
        return [(finding, namer.sentence(finding)) for finding in verified.findings]


class _Namer:
    """Names the rows of one register."""

    def __init__(self, file: RawRows, verified: Verified) -> None:
        self._file = file
        self._seen = verified.seen

    def sentence(self, finding: Finding) -> str:
        """A finding with its case before it and the last good entry behind it."""
        seen = self._seen.get(finding.link or 0)
        entries = [entry for number in (seen.entries if seen else ()) for entry in self._rows(_ENTRY, (number,))]
        said = _SAID[finding.what].format(
            row=self._row(finding),
            columns=f"：{words.columns(finding.columns)}" if finding.columns else "",
            about=finding.about,
            key=finding.key[0] if finding.key else "",
            table=f"（{words.table(finding.table)}）" if finding.table else "",
        )
        case = removed.case(self._file, finding) if finding.what is What.REMOVED else self._case(finding)
        return f"{f'案件{case}：' if case else ''}{said}{self._last_good(finding, seen, entries)}。"

    def _row(self, finding: Finding) -> str:
        key = "、".join(str(value) for value in finding.key if not isinstance(value, bytes))
        return f"{words.table(finding.table)}（{key}）"

    def _case(self, finding: Finding) -> str:
        """The number of the case of a row that is still there."""
        if finding.table == "training_case":
            return self._number(finding.key[:1])
        row = self._found(finding)
        for column, statement in _BY_WAY_OF.items():
            if row.get(column) is not None and (found := self._rows(statement, (row[column],))):
                return self._number(found[0])
        return ""

    def _found(self, finding: Finding) -> dict[str, Any]:
        columns = self._rows(self._file.catalog.columns, (finding.table,))
        keys = [str(name) for place, name in sorted((place, name) for name, place in columns if place)]
        if not keys or len(keys) != len(finding.key):
            return {}
        condition = " AND ".join(f'"{name}" = ?' for name in keys)
        names = [str(name) for name, _ in columns]
        for row in self._rows(f'SELECT * FROM "{finding.table}" WHERE {condition}', finding.key):  # noqa: S608
            return dict(zip(names, row, strict=False))
        return {}

    def _number(self, case: Sequence[Any]) -> str:
        return removed.number_of(self._file, case[0])

    def _last_good(self, finding: Finding, seen: Seen | None, entries: Sequence[Sequence[Any]]) -> str:
        if seen is None:
            return ""
        act = entries[-1][2] if entries else ""
        what = (
            "之前最后完好的一环"
            if finding.table == "chain_link" or finding.what is What.ANCHOR
            else "最后一次由程序写入"
        )
        return f"；{what}：第{seen.id}环，{_moment(seen.at)} {seen.staff_name or '程序'} {act}".rstrip()

    def _rows(self, statement: str, values: Sequence[Value]) -> Sequence[Sequence[Any]]:
        # A table that somebody dropped or mutilated names nothing.
        with suppress(Unreadable):
            return self._file.asked(statement, tuple(values))
        return []


def _moment(at: str | None) -> str:
    """A moment of a link in China; empty where there is none, or somebody altered it."""
    try:
        return f"{datetime.fromisoformat(at or '').astimezone(CHINA):%Y-%m-%d %H:%M}"
    except ValueError:
        return ""
