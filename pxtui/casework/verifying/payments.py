"""Before money leaves: whatever a payment rests on is held against the chain."""

from db.chain import walk
from db.chain.session import BoundSession
from db.faults import faults_in_chinese
from pxtui.casework.office.context import Context
from pxtui.casework.verifying import naming
from pxtui.errors import Refused

_RESTS_ON = frozenset(
    {
        "applicant",
        "correction",
        "decision",
        "frozen_rules",
        "fund",
        "office_setting",
        "payment_batch",
        "payment_contradiction",
        "payment_line",
        "payment_signature",
        "publicity_batch",
        "publicity_item",
        "recovery",
        "row_deduction",
        "staff",
        "training_case",
        "voucher",
    }
)
_TOLD = 3


def require_unaltered(context: Context, what: str) -> None:
    """Refuse an act with money where something that it rests on is not as the program left it.

    All links are walked, and of these tables every row is looked at: a row that was removed or set back has no mark
    on itself.

    Args:
        what: what is not done, in Chinese.

    Raises:
        Refused: something was altered, each with its case, table and field.
    """
    assert isinstance(context.session, BoundSession)
    with faults_in_chinese(context.home.database):
        verified = walk.verify_before_writes(context.session, context.vault, _RESTS_ON)
    if not verified.is_whole:
        sentences = naming.sentences(context.home.database, verified)
        more = f"（共{len(sentences)}处）" if len(sentences) > _TOLD else ""
        found = "；".join(sentence.rstrip("。") for sentence in sentences[:_TOLD])
        raise Refused(f"没有{what}：{found}{more}。请停止办理，并请管理员运行 pxtui verify 查明。")
