"""异议核查结论: the answer to whoever objected to a public notice (notice 四(二))."""

from pxtui.casework.printed import published
from pxtui.casework.printed.asking import Asking, Content, common, letter
from pxtui.casework.publicity.objections import ObjectionShown, objections_to
from pxtui.papers.writing.wording import Filling

_NAMELESS = "异议人"
_DELIVERY = "□现场　□邮寄　□QQ、微信"


def objection_finding(asking: Asking) -> Content:
    """The newest objection with what was found, the outcome, and what follows from it."""
    objection = _decided(asking)
    assert objection is not None
    found = published.objected(asking.context, asking.case)
    is_upheld = objection.outcome == "成立"
    values: dict[str, Filling] = {
        "objector": objection.objector or _NAMELESS,
        "objected_day": objection.received_on,
        "objection": objection.statement.rstrip("。"),
        "finding": objection.finding.rstrip("。"),
        "decided_day": objection.decided_on,
        "upheld": f"异议{objection.outcome}" if is_upheld else None,
        "dismissed": None if is_upheld else f"异议{objection.outcome}",
        "batch_number": found.number if found else None,
        "notice_number": asking.context.rulebook.for_class_starting(asking.case.starts_on).number,
        "delivery": _DELIVERY,
    }
    return letter("objection-finding", common(asking) | values)


def not_decided(asking: Asking) -> str:
    """Why there is no answer to an objection yet, in Chinese; empty where there is."""
    if not objections_to(asking.context, asking.case.number):
        return "本案没有异议"
    return "" if _decided(asking) else "异议还在核查，请先在“公示”里登记核查结论"


def is_decided(asking: Asking) -> bool:
    """Whether the newest objection has an outcome."""
    return _decided(asking) is not None


def _decided(asking: Asking) -> ObjectionShown | None:
    newest = next(iter(objections_to(asking.context, asking.case.number)), None)
    return newest if newest is not None and newest.outcome else None
