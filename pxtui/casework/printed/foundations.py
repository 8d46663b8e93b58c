"""Adverse decisions stand on a clause and show a way out: a paper without either is not issued."""

from pxtui.casework.office.context import Context
from pxtui.casework.printed.catalogue import PaperKind
from pxtui.errors import Refused
from pxtui.papers.writing.letter import Facts
from pxtui.papers.writing.wording import words_of

TABLES = {
    "correction-notice": "defects",
    "opening-approval": "refused",
    "opening-refusal": "reasons",
    "approval-table": "deductions",
    "claim-refusal": "reasons",
}
"""By form, the table with what is refused, deducted or sent back, a line each with its clause."""
WITH_REMEDY = frozenset({"correction-notice", "opening-refusal"})
"""Forms that say in each line what can be done."""
_BASIS = frozenset({"objection-finding", "return-order", "change-notice"})
"""Forms whose clause stands in the text `basis` of the wording."""
_REDRESS = {
    "non-acceptance": "redress",
    "opening-approval": "left_out",
    "opening-refusal": "redress",
    "claim-refusal": "redress",
    "objection-finding": "redress",
    "return-order": "redress",
    "change-notice": "redress",
}
"""By form, the text of the wording on review (行政复议) and action (行政诉讼)."""


_ADVERSE_WITH = {"change-notice": "lifted_day"}
"""Forms that are adverse only where this value stands."""


def require_founded(context: Context, kind: PaperKind, facts: Facts) -> None:
    """Refuse a paper on which something adverse stands without its clause or without a way out.

    Raises:
        PxtuiError: it is so.
    """
    lines = facts.tables.get(TABLES.get(kind.form, ""), ())
    for place, line in enumerate(lines, start=1):
        if not str(line.get("clause") or "").strip():
            raise Refused(f"不能出具“{kind.name}”：第{place}项没有写明依据的条款，请写明后再出具。")
        if kind.form in WITH_REMEDY and not str(line.get("remedy") or "").strip():
            raise Refused(f"不能出具“{kind.name}”：第{place}项没有写明可以怎样办理，请写明后再出具。")
    if kind.form in _ADVERSE_WITH and not facts.values.get(_ADVERSE_WITH[kind.form]):
        return
    if kind.form in _BASIS and not words_of(kind.form, context.home.wording).label("basis").strip():
        raise Refused(f"不能出具“{kind.name}”：用语文件里“basis”（依据）是空的，请补写后再出具。")
    if (lines or kind.form not in TABLES) and kind.form in _REDRESS:
        key = _REDRESS[kind.form]
        if not words_of(kind.form, context.home.wording).label(key).strip():
            raise Refused(f"不能出具“{kind.name}”：用语文件里“{key}”（救济途径）是空的，请补写后再出具。")
