"""Defects for the applicant, a numbered line per finding: material or row, fault, remedy, clause."""

from collections.abc import Iterable

from pxtui.casework.lifecycle.moves import RETURNED
from pxtui.casework.printed import materials
from pxtui.casework.printed.asking import Asking
from pxtui.identifiers import id_number
from pxtui.identifiers.text import canonical_code
from pxtui.papers.writing.wording import Filling, dates_in_words
from pxtui.policy import words
from pxtui.policy.facts import ApplicationKind, Evidence, Material, Trainee
from pxtui.policy.judgement import Finding

Line = dict[str, Filling]

EXCLUDING = frozenset(
    {
        "office.wrong",
        "class.before-notice",
        "class.after-lifting",
        "class.free",
        "claim.not-ended",
        "claim.too-late",
        "claim.offline-procedure",
    }
)
"""Codes of findings that exclude an application and that no correction can remedy."""

_REMEDIES = {
    "office.wrong": "请向该部门提出申请",
    "claim.heads-unstated": "请写明购买人数，附合同或发票",
    "claim.offline-procedure": "请在疫情解除后按线下补贴程序申报",
    "claim.too-late": "对结束日期、收件日期有异议的，请提交证明材料",
    "roster.empty": "请提交填写完整的花名册",
    "voucher.none": "请提交发票和付款凭证",
    "platform.unlisted": "请提供其培训资质证明",
    "person.account-shared": "请说明是否本人学习",
    "person.retirement-age": "请说明是否在职、是否领取养老金",
}
"""Remedies for the applicant, for findings whose message addresses the clerk."""
_OTHER_REMEDY = "请改正后重新提交"
_BIRTH = slice(6, 14)


def lines(asking: Asking, findings: Iterable[Finding], roster: Iterable[Trainee] | None = None) -> list[Line]:
    """Findings as lines numbered from 1, with masked ID numbers.

    Args:
        roster: of the findings; None: that of the case's present application.
    """
    roster = asking.application.roster if roster is None else roster
    people = {trainee.seq: trainee for trainee in roster}
    return [
        _line(asking, number, finding, people.get(finding.seq) if finding.seq is not None else None)
        for number, finding in enumerate(findings, start=1)
    ]


def of_return(asking: Asking) -> list[Line]:
    """The officer's opinion on a returned application as one line; empty where it is not returned."""
    case = asking.case
    if case.stage not in RETURNED:
        return []
    is_claim = asking.application.stage is ApplicationKind.CLAIM
    opinion = (case.claim_opinion if is_claim else case.opening_opinion) or ""
    return [
        {
            "seq": 1,
            "item": "审查意见",
            "person": "",
            "id_number": "",
            "fault": opinion.strip().rstrip("。；"),
            "remedy": "请按意见补正后重新提交",
            "clause": "四(二)" if is_claim else "四(一)",
        }
    ]


def of_copies(asking: Asking, first: int) -> list[Line]:
    """A line for each material with too few copies, numbered from `first`."""
    is_claim = asking.application.stage is ApplicationKind.CLAIM
    return [
        {
            "seq": number,
            "item": item.name,
            "person": "",
            "id_number": "",
            "fault": item.fault,
            "remedy": f"请补交{item.short}份",
            "clause": "四(二)" if is_claim else "四(一)",
        }
        for number, item in enumerate(materials.too_few(asking), start=first)
    ]


def sentence(line: Line) -> str:
    """A line as one Chinese sentence."""
    person = f" {line['person']}（{line['id_number']}）" if line["person"] or line["id_number"] else ""
    return f"{line['item']}{person}：{line['fault']}；{line['remedy']}。"


def fault_and_remedy(asking: Asking, finding: Finding) -> tuple[str, str]:
    """The fault of a finding and the applicant's remedy, in Chinese, without full stops."""
    # A message says what is wrong and, behind the last semicolon, what to do.
    fault, mark, remedy = dates_in_words(finding.message).removesuffix("。").rpartition("；")
    if not mark:
        fault, remedy = remedy, _OTHER_REMEDY
    if finding.code == "material.missing" and finding.item:
        return fault, f"请补交{materials.asked_for(asking, Material(finding.item))}"
    remedy = _REMEDIES.get(finding.code, remedy)
    if finding.blocks and finding.seq is not None and "请" not in remedy:
        remedy = f"请从名单中核减此人，{remedy}"
    return fault, remedy


def _line(asking: Asking, number: int, finding: Finding, person: Trainee | None) -> Line:
    fault, remedy = fault_and_remedy(asking, finding)
    return {
        "seq": number,
        "item": _item(asking, finding),
        "person": person.name if person else "",
        "id_number": id_number.masked(person.id_number) if person else "",
        "fault": _without_birth(fault, person.id_number) if person else fault,
        "remedy": remedy,
        "clause": finding.clause,
    }


def _item(asking: Asking, finding: Finding) -> str:
    is_claim = asking.application.stage is ApplicationKind.CLAIM
    if finding.seq is not None:
        return f"附件{4 if is_claim else 2}序号{finding.seq}"
    kind = finding.code.partition(".")[0]
    if kind == "material" and finding.item:
        return words.MATERIALS[Material(finding.item)]
    if kind == "evidence" and finding.item:
        return f"{words.MATERIALS[Material.TEACHING_RECORDS]}（{words.EVIDENCE[Evidence(finding.item)]}）"
    if kind == "voucher":
        return words.MATERIALS[Material.COST_VOUCHERS]
    if kind == "roster":
        return words.MATERIALS[Material.ATTACHMENT_4 if is_claim else Material.ATTACHMENT_2]
    return words.MATERIALS[Material.ATTACHMENT_3 if is_claim else Material.ATTACHMENT_1]


def _without_birth(fault: str, number: str) -> str:
    """The fault without the date of birth, which would complete the masked ID number beside it."""
    birth = canonical_code(number)[_BIRTH]
    return fault.replace(birth, "（第7至14位）") if len(birth) == 8 else fault
