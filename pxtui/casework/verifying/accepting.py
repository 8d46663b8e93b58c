"""Differences that a verification found, confirmed by two people: told ever after, and hindering nothing any more.

A row that was mended by hand, or that a disk spoilt, would otherwise keep a register from every payment and upgrade for
ever. Confirmed, a row is proven as it stands, by a link of the person who confirmed; whatever changes it again past the
program is found anew. What no link can mend, such as one that is gone, is known again by its mark.
"""

from contextlib import suppress

from sqlmodel import col, select

from db.chain import noted, walk
from db.chain.findings import LASTING, OF_ROWS, What
from db.chain.session import BoundSession
from db.faults import faults_in_chinese
from db.models import AcceptedFinding, Act, Row
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.casework.office.permissions import by
from pxtui.casework.office.roles import Role
from pxtui.casework.verifying.differences import Difference, check_of, differences
from pxtui.errors import NotAllowed, Refused
from pxtui.identifiers.text import canonical

_TWO = "核验差异的确认"
_HEAD = by(_TWO, Role.HEAD)
_RESTED_ON = frozenset(
    {
        "accepted_finding",
        "chain_key",
        "office_setting",
        "register",
        "staff",
        "staff_change",
        "staff_login",
        "staff_password",
        "substitution",
    }
)
"""Who somebody is, and what he may: whoever confirms rests on them himself."""


def propose(context: Context, check: str, reason: str) -> tuple[Difference, ...]:
    """Lay what was found before a second person, in the place of what waited before.

    Args:
        check: that of the list which `pxtui verify` showed.
        reason: how it came, and why the register may go on with it.

    Raises:
        PxtuiError: it is not for this person, there is nothing, something else is found now than was shown, or it
            cannot be confirmed.
    """
    duties.require_role(context, Act.FINDINGS_PROPOSE)
    if not canonical(reason):
        raise Refused("请用 --reason 写明差异是怎么来的、凭什么认可。")
    found = _as_shown(context, check)
    _require_possible(found)
    for row in _waiting(context):
        context.session.delete(row)
    for difference in found:
        row = AcceptedFinding(
            mark=difference.mark,
            sentence=difference.sentence,
            reason=canonical(reason),
            proposed_by=context.clerk,
            proposed_at=context.at,
        )
        context.session.add(row)
    summary = f"提出确认{len(found)}处核验差异，校验码{check_of(each.mark for each in found)}（{canonical(reason)}）"
    journal.record(context, None, Act.FINDINGS_PROPOSE, summary, after=_listed(found))
    return found


def accept(context: Context, check: str) -> tuple[Difference, ...]:
    """Confirm what somebody else has proposed, all of it and nothing else.

    Raises:
        PxtuiError: it is not for this person, nothing waits, or something else is found now than was proposed.
    """
    duties.require_role(context, Act.FINDINGS_ACCEPT)
    rows = _waiting(context)
    if not rows:
        raise Refused("没有等待确认的差异：请先由一人用 pxtui verify --accept 校验码 --reason 理由 提出。")
    _require_second(context, rows[0].proposed_by)
    found = _as_shown(context, check)
    if {difference.mark for difference in found} != {row.mark for row in rows}:
        raise Refused("提出以后又有改动，现在发现的与提出的不同，没有确认：请重新核验、重新提出。")
    _require_possible(found)
    assert isinstance(context.session, BoundSession)
    context.session.prove_as_they_stand([each.finding for each in found if each.finding is not None])
    for row in rows:
        row.accepted_by, row.accepted_at = context.clerk, context.at
        context.session.add(row)
    summary = f"确认{rows[0].proposed_by}提出的{len(found)}处核验差异，校验码{check}（{rows[0].reason}）"
    journal.record(context, None, Act.FINDINGS_ACCEPT, summary, after=_listed(found))
    if any(each.finding is not None and each.finding.what is What.ANCHOR for each in found):
        # Of a register that is no more: the next verification notes the head of this one.
        with suppress(OSError):
            noted.forget(context.home.key.parent)
    return found


def _as_shown(context: Context, check: str) -> tuple[Difference, ...]:
    """What is found in this transaction, where it is what the list showed.

    Raises:
        Refused: nothing is found, or something else.
    """
    assert isinstance(context.session, BoundSession)
    last = noted.read(context.home.key.parent)
    anchors = [last.head] if last is not None and last.head else []
    with faults_in_chinese(context.home.database):
        verified = walk.verify_before_writes(context.session, context.vault, anchors=anchors)
        found = differences(context.home.database, verified)
    if not found:
        raise Refused("没有程序以外的改动，不用确认。")
    if check_of(each.mark for each in found) != check.strip().lower():
        raise Refused("现在发现的与校验码所指的清单不同，没有办理：请重新运行 pxtui verify，核对清单后用新的校验码。")
    return tuple(found)


def _require_possible(found: tuple[Difference, ...]) -> None:
    for difference in found:
        finding = difference.finding
        if finding is None or finding.what in LASTING:
            continue
        if finding.what not in OF_ROWS or finding.table not in Row.metadata.tables or not finding.key:
            raise Refused(f"{difference.sentence.rstrip('。')}：表、触发器和校验链本身的改动不能确认，请用备份恢复。")
        if finding.table in _RESTED_ON:
            raise Refused(f"{difference.sentence.rstrip('。')}：人员、口令、设置和密钥的改动不能确认，请用备份恢复。")


def _require_second(context: Context, proposed_by: str) -> None:
    sentence = f"差异由{proposed_by}提出，须由另一人确认；两人中一人是负责人。"
    duties.require_another(context, Act.FINDINGS_ACCEPT, proposed_by, sentence)
    if not any(duties.may(context, _HEAD, name) for name in (proposed_by, context.clerk)):
        raise NotAllowed(sentence)


def _waiting(context: Context) -> list[AcceptedFinding]:
    asked = select(AcceptedFinding).where(col(AcceptedFinding.accepted_by).is_(None))
    return list(context.session.exec(asked.order_by(col(AcceptedFinding.id))).all())


def _listed(found: tuple[Difference, ...]) -> dict[str, list[dict[str, str]]]:
    return {"differences": [{"mark": each.mark, "sentence": each.sentence} for each in found]}
