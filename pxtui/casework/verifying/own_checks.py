"""What the register says of itself without the chain: whoever has the key has to forge this as well."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from db.kinds import kind_of
from db.kinds.raw import RawRows, Unreadable
from db.models import Act
from pxtui.casework.lifecycle.moves import MOVES
from pxtui.casework.lifecycle.stages import STAGE_NAMES, Stage
from pxtui.casework.verifying import search_parts, words
from pxtui.home import Database

_NUMBERED = {
    "publicity_batch": "office_code, year",
    "payment_batch": "office_code, year",
    "paper_issued": "office_code, form, year",
    "training_case": "office_code, year",
}
"""The tables whose rows are numbered without gaps, and what is numbered together."""
_WITH_OTHERS = {
    "training_case": (
        "(SELECT office_code, year, serial FROM training_case"
        " UNION ALL SELECT office_code, year, serial FROM passed_case) AS filed"
    )
}
"""The numbers of what an office passed on stay used there."""
_AS_FILED = frozenset({Stage.DRAFT, Stage.RECEIVED, Stage.CLAIM_RECEIVED})
"""Where a case stands that nobody has moved."""
_STAGES = """
    SELECT year, letter, serial, stage, (
        SELECT action FROM journal_entry WHERE case_id = training_case.id AND action IN ({}) ORDER BY id DESC LIMIT 1
    ) FROM training_case ORDER BY id
"""


def sentences(database: Database, pause: Callable[[], None] = lambda: None) -> list[str]:
    """Gaps in numbers, stages without their act, and what a search would not find, a sentence each.

    `pause`: called behind every few thousand rows.
    """
    with kind_of(database).raw(database) as file:
        # A table that is gone, or is not what it was, is named by the chain.
        found: list[str] = []
        for check in (_gaps_of_journal, _gaps_of_numbers, _stages):
            with suppress(Unreadable, TypeError):
                found.extend(check(file))
    with suppress(Unreadable, TypeError):
        found.extend(search_parts.sentences(database, pause))
    return found


def _gaps_of_journal(file: RawRows) -> Iterator[str]:
    for before, after in file.asked(
        "SELECT earlier, id FROM (SELECT id, lag(id, 1, 0) OVER (ORDER BY id) AS earlier FROM journal_entry) AS found "
        "WHERE id <> earlier + 1"
    ):
        yield f"办理记录缺第{_range(before + 1, after - 1)}条。"


def _gaps_of_numbers(file: RawRows) -> Iterator[str]:
    for table, together in _NUMBERED.items():
        numbered = (
            f"SELECT {together}, serial, lag(serial, 1, 0) OVER (PARTITION BY {together} ORDER BY serial) AS earlier "  # noqa: S608 - names of this module
            f"FROM {_WITH_OTHERS.get(table, table)} WHERE serial IS NOT NULL"
        )
        for row in file.asked(f"SELECT * FROM ({numbered}) AS numbered WHERE serial <> earlier + 1"):  # noqa: S608 - likewise
            *of, serial, earlier = row
            about = "、".join(map(str, of))
            yield f"{words.table(table)}（{about}）缺{_range(earlier + 1, serial - 1)}号。"


def _stages(file: RawRows) -> Iterator[str]:
    targets: dict[str, set[Stage]] = {}
    for (_, action), move in MOVES.items():
        targets.setdefault(Act.of_move(action).value, set()).add(move.to)
    for year, letter, serial, stage, act in file.asked(_STAGES.format(", ".join("?" * len(targets))), tuple(targets)):
        if stage not in (targets[act] if act else _AS_FILED):
            yield f"案件{year}-{letter}-{serial:04}在“{_stage_name(stage)}”，办理记录里没有走到这一步的一条。"


def _stage_name(stage: Any) -> str:
    return STAGE_NAMES[Stage(stage)] if stage in set(Stage) else str(stage)


def _range(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}—{last}"
