"""Registers of any size: one register's cases repeated, row by row in bulk, as if they had been filed on earlier days.

What is repeated is sealed anew for its own row, so that everything opens; the rows have no proof in the chain, and only
the cases of the register that was repeated are acted upon.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from db.kinds import kind_at
from db.models import Row, Stage
from db.models.payment import PaymentOutcome
from db.models.publicity import ItemOutcome, ObjectionOutcome
from db.models.row import SealedRow
from db.seal import Vault, identity_of

GROWING = (
    *("applicant", "person", "other_initials", "training_case", "enrolment", "learning_result", "voucher"),
    *("publicity_batch", "publicity_item", "objection", "payment_batch", "payment_line", "payment_signature"),
    *("payment_contradiction", "recovery", "journal_entry", "decision", "paper_issued", "stated_day", "correction"),
    *("proposed_change", "row_deduction", "material_copies", "second_keying", "second_keyed_row", "offline_result"),
    *("keying_session", "bundle_training", "bundle_voucher", "outgoing_file", "name_part"),
)
"""The tables that get rows with every case."""
_DAYS_BACK = 2_000
"""Over how many days what is repeated is spread."""
_OF_OFFICE = {"training_case", "publicity_batch", "payment_batch", "paper_issued"}
_KEYS = {"id_key", "tail_key", "phone_key", "row_key", "bundle_key"}
_CODES = {"credit_code_key", "code_tail", "number_key", "number_tail", "request"}
_AT_ONCE = 20_000

Values = dict[str, Any]
_SEALED = {str(model.__tablename__): model for model in SealedRow.__subclasses__()}


@dataclass(slots=True)
class _Template:
    """The rows of a table, and what takes their numbers on."""

    table: Table
    rows: Sequence[Values]
    step: int
    """Behind the highest number of the table: what is added to a number once for each repetition."""
    serials: int = 0
    parents: Mapping[str, str] = field(default_factory=dict)
    """Columns that refer to rows which are repeated, too, with their tables."""
    sealed: type[SealedRow] | None = None
    """The class of a table with sealed columns, whose rows here have their texts in clear."""


def grow(connection: Connection, vault: Vault, times: int, *, finished: bool = True, heads: int | None = None) -> int:
    """Repeat all cases with everything that belongs to them; how many cases there are then.

    Args:
        connection: within a transaction of the register's tables at this program's revision.
        times: how often.
        finished: they are over, whatever the ones repeated wait for; else they wait like those.
        heads: of each roster so many rows; None: all.
    """
    templates = _templates(connection, vault, heads)
    waiting: dict[str, list[Values]] = {name: [] for name in templates}
    for turn in range(1, times + 1):
        for name, template in templates.items():
            waiting[name] += _repeated(template, templates, vault, turn, finished=finished)
        if turn == times or len(waiting["enrolment"]) + len(waiting["journal_entry"]) > _AT_ONCE:
            for name, rows in waiting.items():
                if rows:
                    connection.execute(insert(templates[name].table), rows)
                    waiting[name] = []
    kind_at(connection).numbers_go_on(connection)
    return int(connection.execute(select(func.count()).select_from(Row.metadata.tables["training_case"])).scalar_one())


def _templates(connection: Connection, vault: Vault, heads: int | None) -> dict[str, _Template]:
    tables = [table for table in Row.metadata.sorted_tables if table.name in GROWING]
    all_rows = {table.name: [dict(row._mapping) for row in connection.execute(select(table))] for table in tables}
    kept = dict(all_rows) if heads is None else _shortened(all_rows, heads)
    kept["journal_entry"] = [entry for entry in all_rows["journal_entry"] if _is_of_cases(entry)]
    return {table.name: _template(table, vault, all_rows[table.name], kept[table.name]) for table in tables}


def _is_of_cases(entry: Values) -> bool:
    """Whether an act is about cases, and not one of the office that is done once."""
    return entry["case_id"] is not None or entry["action"].value.partition(".")[0] in ("payment", "publicity")


def _template(table: Table, vault: Vault, all_rows: Sequence[Values], kept: Sequence[Values]) -> _Template:
    highest = max((row.get("id") or 0 for row in all_rows), default=0)
    parents = {key.parent.name: key.column.table.name for key in table.foreign_keys if key.column.table.name in GROWING}
    step = highest if "id" in table.c else 0
    serials = max((row["serial"] or 0 for row in all_rows), default=0) if table.name in _OF_OFFICE else 0
    sealed = _SEALED.get(table.name)
    opened = kept if sealed is None else [_opened(row, sealed, vault) for row in kept]
    return _Template(table, opened, step, serials, parents, sealed)


def _opened(row: Values, sealed: type[SealedRow], vault: Vault) -> Values:
    texts = {
        column: vault.unseal_in_row(str(sealed.__tablename__), _identity(row, sealed), column, row[column])
        for column in sealed.sealed()
    }
    return row | texts


def _identity(row: Values, sealed: type[SealedRow]) -> bytes:
    return identity_of(row["uid"], [row[name] for name in sealed.bound_to()])


def _shortened(all_rows: Mapping[str, list[Values]], heads: int) -> dict[str, list[Values]]:
    """The rows without those of a roster behind its first ones, and without the people who stand in no other."""
    kept = dict(all_rows)
    kept["enrolment"] = [row for row in all_rows["enrolment"] if row["position"] < heads]
    enrolled = {row["id"] for row in kept["enrolment"]}
    people = {row["person_id"] for row in kept["enrolment"]}
    for name in ("learning_result", "offline_result"):
        kept[name] = [row for row in all_rows[name] if row["enrolment_id"] in enrolled]
    kept["person"] = [row for row in all_rows["person"] if row["id"] in people]
    standing = {(row["case_id"], row["person_id"]) for row in kept["enrolment"]}
    others = ({"case_id": 0}, {"owner_id": 0})
    kept["name_part"] = [
        row
        for row in all_rows["name_part"]
        if (row["case_id"], row["owner_id"]) in standing or any(row.items() >= other.items() for other in others)
    ]
    kept["other_initials"] = [row for row in all_rows["other_initials"] if row["person_id"] in {None, *people}]
    return kept


def _repeated(
    template: _Template, templates: Mapping[str, _Template], vault: Vault, turn: int, *, finished: bool
) -> Iterator[Values]:
    back = timedelta(days=1 + turn % _DAYS_BACK)
    finish = _FINISHED.get(template.table.name) if finished else None
    for row in template.rows:
        values = {name: _moved(name, value, turn, back) for name, value in row.items()}
        if "id" in values and template.step:
            values["id"] += template.step * turn
        for column, parent in template.parents.items():
            if values[column] is not None:
                values[column] += templates[parent].step * turn
        if template.table.name == "name_part":
            _move_part(values, templates, turn)
        if template.serials and values["serial"] is not None:
            values["serial"] += template.serials * turn
        if finish is not None:
            finish(values)
        if template.sealed is not None:
            identity = _identity(values, template.sealed)
            for column in template.sealed.sealed():
                values[column] = vault.seal_in_row(template.table.name, identity, column, values[column])
        yield values


def _move_part(part: Values, templates: Mapping[str, _Template], turn: int) -> None:
    """To its case and person, or to its applicant, which no foreign key names."""
    owner = "person" if part["case_id"] else "applicant"
    if part["case_id"]:
        part["case_id"] += templates["training_case"].step * turn
    if part["owner_id"]:
        part["owner_id"] += templates[owner].step * turn


def _moved(name: str, value: Any, turn: int, back: timedelta) -> Any:
    if value is None:
        return None
    if isinstance(value, date):
        return value - back
    if name in _KEYS and isinstance(value, bytes):
        return blake2b(value, digest_size=len(value), salt=turn.to_bytes(8, "big")).digest()
    if name in _CODES and value:
        return f"{value}-{turn}"
    return value


def _finish_case(case: Values) -> None:
    stage = case["stage"]
    if stage.value.startswith("claim-"):
        case["stage"] = stage if stage in (Stage.CLAIM_REFUSED, Stage.RECOVERED) else Stage.ARCHIVED
    elif stage not in (Stage.REFUSED, Stage.WITHDRAWN, Stage.VOIDED, Stage.TRANSFERRED):
        case["stage"] = Stage.TERMINATED


def _finish_item(item: Values) -> None:
    if item["outcome"] is ItemOutcome.PUBLISHED:
        item["outcome"] = ItemOutcome.CLEARED


def _finish_line(line: Values) -> None:
    line["outcome"] = line["outcome"] or PaymentOutcome.PAID


def _finish_payments(batch: Values) -> None:
    for act in ("signed", "handed_over"):
        batch[f"{act}_on"] = batch[f"{act}_on"] or batch["prepared_on"]
        batch[f"{act}_by"] = batch[f"{act}_by"] or batch["prepared_by"]


def _finish_recovery(recovery: Values) -> None:
    if recovery["returned_on"] is None:
        recovery["dropped_on"] = recovery["ordered_on"]


def _finish_objection(objection: Values) -> None:
    objection["outcome"] = objection["outcome"] or ObjectionOutcome.DISMISSED


def _decide(row: Values) -> None:
    row["decided_on"] = row["decided_on"] or row.get("proposed_on") or row.get("entered_on")


def _confirm(row: Values) -> None:
    row["confirmed_on"] = row["confirmed_on"] or row["entered_on"]
    row["confirmed_by"] = row["confirmed_by"] or row["entered_by"]


_FINISHED: Mapping[str, Callable[[Values], None]] = {
    "training_case": _finish_case,
    "publicity_item": _finish_item,
    "payment_line": _finish_line,
    "payment_batch": _finish_payments,
    "recovery": _finish_recovery,
    "objection": _finish_objection,
    "correction": _decide,
    "proposed_change": _decide,
    "stated_day": _confirm,
}
