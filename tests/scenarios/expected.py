"""What a line of the scenarios expects, and what came out, in the same words."""

import re

from pxtui.policy.facts import Route
from pxtui.policy.judgement import Judgement
from pxtui.policy.subsidy import yuan
from tests.scenarios.phrases import OFFICES
from tests.scenarios.scene import typed

_ROUTES = {"有偿": Route.SME_PAID, "计入总学时": Route.CATALOGUE, "不补贴": Route.NONE}
_FINDING = re.compile(r"(不符|注意) ([a-z.-]+)(?: 第(-?\d+)人)?(?: (.+))?")
PASSED = "通过"


def findings_of(judgement: Judgement) -> set[str]:
    """All that was found, as a line says it."""
    return {
        f"{'不符' if finding.blocks else '注意'} {finding.code}"
        f"{'' if finding.seq is None else f' 第{finding.seq}人'}{f' {finding.item}' if finding.item else ''}"
        for finding in judgement.findings
    }


def expected_findings(text: str) -> set[str]:
    """What a line expects to be found: all of it, and nothing else."""
    return {typed(part) for part in text.split("；") if _FINDING.fullmatch(part)}


def others_of(text: str, judgement: Judgement) -> dict[str, str]:
    """What a line expects besides findings → what came out, in the same words.

    Raises:
        AssertionError: an expectation is not known.
    """
    return {
        part: _came_out(part, judgement) for part in text.split("；") if part != PASSED and not _FINDING.fullmatch(part)
    }


def _came_out(part: str, judgement: Judgement) -> str:
    money = judgement.subsidy
    if part.startswith("受理"):
        return "受理" + next(name for name, code in OFFICES.items() if code == judgement.office)
    if part in ("经管委会", "不经管委会"):
        return "经管委会" if judgement.via == "vt-zone-committee" else "不经管委会"
    if part.startswith("方式"):
        return "方式" + next(name for name, route in _ROUTES.items() if route is judgement.route)
    if part.startswith("符合"):
        return f"符合{len(judgement.eligible)}人"
    if part.startswith(("补贴", "每人")):
        if money is None:
            return f"{part[:2]}不核算"
        return f"{part[:2]}{yuan(money.total_fen if part.startswith('补贴') else money.per_person_fen)}元"
    raise AssertionError(f"不认识预期“{part}”，可用的写法见 tests/scenarios/README.md。")
