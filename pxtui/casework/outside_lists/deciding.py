"""A person decides what a hit means: whether the list is right, and why. Nobody is refused by a list."""

from db.models import Act, ListKind, OutsideAnswer
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.outside_lists import answers, comparing
from pxtui.casework.outside_lists.kinds import KINDS
from pxtui.errors import NotFound, Refused
from pxtui.identifiers.id_number import masked
from pxtui.identifiers.text import canonical


def decide(context: Context, number: str, kind: ListKind, seq: int | None, *, stands: bool, reason: str) -> str:
    """Decide about the hits of a person (or None: the enterprises) of a case in lists of a kind; what was decided.

    Args:
        stands: the list is right: the row is to be deducted, which is another act; else it does not matter here.

    Raises:
        PxtuiError: there is no such hit, or no reason is given.
    """
    if not canonical(reason):
        raise Refused("请写明怎样查实的，再认定。")
    case = find(context, number)
    hits = [hit for hit in comparing.of_case(context, number).hits if (hit.kind, hit.seq) == (kind, seq)]
    whom = "企业" if seq is None else f"第{seq}号"
    if not hits:
        raise NotFound(f"{case.number}{whom}在{KINDS[kind].name}名单里没有命中，不用认定。")
    for hit in hits:
        _, about = answers.about(context.vault, kind, hit.key)
        row = OutsideAnswer(
            case_id=case.id,
            kind=kind,
            id_key=about if isinstance(about, bytes) else None,
            firm=about if isinstance(about, str) else "",
            stands=stands,
            decided_at=context.at,
            decided_by=context.clerk,
        )
        row.seal(context.vault, evidence=hit.said.text, reason=reason.strip())
        context.session.add(row)
    outcome = "属实" if stands else "不影响"
    sentence = f"{whom}{KINDS[kind].name}命中认定{outcome}"
    shown = [{"list": hit.of_list, "said": hit.said.sentence, "who": _shown(hit)} for hit in hits]
    after = {"hits": shown, "reason": reason.strip()}
    journal.record(context, case, Act.LISTS_DECIDE, sentence, after=after)
    context.session.flush()
    return f"{sentence}。{f'{KINDS[kind].remedy}。' if stands else ''}"


def _shown(hit: comparing.Hit) -> str:
    return hit.name if hit.seq is None else f"{hit.name} {masked(hit.key)}"
