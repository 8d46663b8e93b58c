"""Where the parts by which a search finds names say something else than the names, a sentence for each case."""

from collections.abc import Callable, Iterator
from itertools import islice

from db.kinds import kind_of
from db.name_parts import INITIALS, INSIDE, LETTERS, NAMES, WORDS
from db.parts_compared import PartsFound, differing
from pxtui.home import Database

_MOST = 50
"""Sentences; whoever alters more has altered the table."""
_OF = {
    WORDS: "单位名称和工种",
    LETTERS: "单位首字母",
    NAMES: "人员姓名",
    INITIALS: "人员首字母",
    INSIDE: "单位首字母",
}
_NUMBER = "SELECT year, letter, serial FROM training_case WHERE id = ?"


def sentences(database: Database, pause: Callable[[], None] = lambda: None) -> Iterator[str]:
    """What is wrong; no name stands in it, for whoever verifies may see none.

    Raises:
        Unreadable: a table is gone, or is not what it was.
    """
    found = differing(database, pause)
    for parts in islice(found, _MOST):
        yield f"{_about(database, parts)}检索用的片段（{_OF.get(parts.kind, '种类不明')}）{_amounts(parts)}。"
    if more := sum(1 for _ in found):
        yield f"检索用的片段另有{more}处与名称不符。"


def _about(database: Database, parts: PartsFound) -> str:
    if not parts.kind:
        return "没有案件和单位的"
    if not parts.case_id:
        return f"单位（{parts.owner_id}）"
    with kind_of(database).raw(database) as file:
        numbers = file.asked(_NUMBER, (parts.case_id,))
    case = "案件{}-{}-{:04}".format(*numbers[0]) if numbers else f"没有的案件（{parts.case_id}）"
    return f"{case}人员（{parts.owner_id}）" if parts.owner_id else case


def _amounts(parts: PartsFound) -> str:
    missing = f"少{parts.missing}条，按名称查不到" if parts.missing else ""
    added = f"多{parts.added}条，与名称不符" if parts.added else ""
    return "；".join(filter(None, (missing, added)))
