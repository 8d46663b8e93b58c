"""Plain tables for the terminal: columns as wide as their widest value, measured in terminal cells."""

import json
import re
from collections.abc import Sequence

from rich.cells import cell_len

from pxtui.identifiers import id_number, phone
from pxtui.policy import words
from pxtui.policy.judgement import Finding, Judgement
from pxtui.policy.parameters import shipped_rulebook
from pxtui.policy.subsidy import yuan
from screens.terminal.plain import inert

_ID = re.compile("(?<![0-9])(?:[0-9]{17}[0-9Xx]|[0-9]{15})(?![0-9])")
_MOBILE = re.compile("(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
_SEVERITIES = {True: "不符", False: "注意"}


def one_line(value: object) -> str:
    """A value as JSON on one line; what ends lines, steers a terminal or hides is escaped, and so means the same."""
    written = json.dumps(value, ensure_ascii=False)
    shown = inert(written)
    if shown == written:
        return written
    return "".join(mark if mark == seen else json.dumps(mark)[1:-1] for mark, seen in zip(written, shown, strict=True))


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under their heads."""
    lines = [heads, *rows]
    widths = [max(cell_len(safe(line[column])) for line in lines) for column in range(len(heads))]
    for line in lines:
        cells = (safe(cell) + " " * (width - cell_len(safe(cell))) for cell, width in zip(line, widths, strict=True))
        print("  ".join(cells).rstrip())


def masked_numbers(text: str) -> str:
    """A text in which whole ID numbers and mobile phones are masked, as lists show them; JSON has them in full."""
    return _MOBILE.sub(lambda found: phone.masked(found[0]), _ID.sub(lambda found: id_number.masked(found[0]), text))


def safe(text: str) -> str:
    """Text from outside on one line, without what a terminal would obey."""
    return inert(text)


def print_judgement(title: str, judgement: Judgement) -> None:
    """Print a judgement: office, findings, subsidy and outcome."""
    office = shipped_rulebook().latest.office(judgement.office)
    print(safe(title))
    print(f"受理部门：{office.name}{'（经钒钛新城管委会）' if judgement.via else ''}")
    print(f"补贴方式：{words.ROUTES[judgement.route]}")
    if judgement.findings:
        heads = ("序号", "结论", "依据", "规则", "说明")
        print_table(heads, [_finding_row(finding) for finding in judgement.findings])
    money = judgement.subsidy
    if money is not None:
        print(
            f"有效支出{yuan(money.cost_fen)}元，覆盖{money.heads}人，人均补贴{yuan(money.per_person_fen)}元，"
            f"符合{money.eligible}人，合计{yuan(money.total_fen)}元"
        )
    print(f"符合条件{len(judgement.eligible)}人；{'通过' if judgement.passes else '不通过'}")


def _finding_row(finding: Finding) -> tuple[str, ...]:
    seq = "" if finding.seq is None else str(finding.seq)
    return (seq, _SEVERITIES[finding.blocks], finding.clause, finding.code, finding.message)
