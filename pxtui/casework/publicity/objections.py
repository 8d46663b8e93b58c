"""Objections to published claims (notice 四(二)): receipt, decision (upheld or dismissed), and their list."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from db.models import Act, Case, Objection, ObjectionOutcome, PublicityItem
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moving import permitted, take
from pxtui.casework.lifecycle.stages import Action, Room, Stage
from pxtui.casework.office import duties
from pxtui.casework.office.context import Context
from pxtui.casework.publicity.batches import open_objection, published_item, take_out
from pxtui.errors import Refused

OUTCOME_NAMES = {ObjectionOutcome.UPHELD: "成立", ObjectionOutcome.DISMISSED: "不成立"}

_RECEIVED = "收到异议"
"""Opinion in the journal in place of an objection's statement, which stays sealed."""


@dataclass(frozen=True, slots=True)
class ObjectionShown:
    """An objection with its sealed texts in clear."""

    received_on: date
    staff_name: str
    objector: str
    contact: str
    statement: str
    outcome: str
    """成立 or 不成立; empty: undecided."""
    finding: str
    decided_on: date | None
    decided_by: str


def receive(context: Context, number: str, statement: str, *, objector: str = "", contact: str = "") -> None:
    """Record an objection to a published claim, whose publication then waits for the decision.

    Raises:
        PxtuiError: the claim is not published, or the statement is empty.
    """
    case = find(context, number)
    permitted(context, case, Action.OBJECT, _RECEIVED, Room.PUBLICITY)
    if not statement.strip():
        raise Refused("请写明异议的内容，再登记。")
    item = _item(context, case)
    row = Objection(item_id=item.id, received_on=context.today, staff_name=context.clerk)
    row.seal(
        context.vault,
        objector=objector.strip(),
        contact=contact.strip(),
        statement=statement.strip(),
        finding="",
    )
    context.session.add(row)
    take(context, case, Action.OBJECT, _RECEIVED, Room.PUBLICITY)


def decide(context: Context, number: str, finding: str, *, upheld: bool) -> Stage:
    """Decide an objection; returns the claim's new stage.

    Upheld: the claim is taken out of its batch, reviewed again, and published again if granted.

    Raises:
        PxtuiError: there is no undecided objection, the finding is empty, or, where duties are apart, the same person
            received the objection.
    """
    case = find(context, number)
    action = Action.UPHOLD if upheld else Action.DISMISS
    permitted(context, case, action, finding, Room.PUBLICITY)
    item = _item(context, case)
    row = open_objection(context, item)
    if row is None:
        raise Refused(f"{case.number}没有待核查的异议。")
    if duties.are_apart(context):
        duties.require_another(
            context, Act.CASE_DISMISS, row.staff_name, f"此异议由{row.staff_name}受理，须由另一人核查。"
        )
    row.seal(context.vault, finding=finding.strip())
    row.outcome = ObjectionOutcome.UPHELD if upheld else ObjectionOutcome.DISMISSED
    row.decided_on, row.decided_by = context.today, context.clerk
    context.session.add(row)
    if upheld:
        take_out(context, case)
        case.resubmitted_on = context.today
    return take(context, case, action, finding, Room.PUBLICITY)


def objections_to(context: Context, number: str) -> list[ObjectionShown]:
    """The objections to a claim, the newest first."""
    vault = context.vault
    rows = context.session.exec(
        select(Objection)
        .join(PublicityItem, col(PublicityItem.id) == Objection.item_id)
        .where(col(PublicityItem.case_id) == find(context, number).id)
        .order_by(col(Objection.id).desc())
    )
    return [
        ObjectionShown(
            row.received_on,
            row.staff_name,
            row.unseal(vault, "objector"),
            row.unseal(vault, "contact"),
            row.unseal(vault, "statement"),
            OUTCOME_NAMES[ObjectionOutcome(row.outcome)] if row.outcome else "",
            row.unseal(vault, "finding"),
            row.decided_on,
            row.decided_by or "",
        )
        for row in rows
    ]


def _item(context: Context, case: Case) -> PublicityItem:
    item = published_item(context, case)
    if item is None:
        raise Refused(f"{case.number}不在公示批次里，请核对编号。")
    return item
