"""What the desk says of the chain: what the last verification found, and a register that was set back."""

from sqlmodel import col, select

from db.chain import noted
from db.chain.links import head_of
from db.models import ChainLink
from pxtui.casework.office.context import Context
from pxtui.casework.verifying.whole import FOUND

_SET_BACK = "台账被换成了较早的副本，{}核验时的最后一步已不在里面；请停止办理，并请管理员运行 pxtui verify 查明。"


def sentence(context: Context) -> str:
    """The more pressing of them in one sentence; empty where there is none."""
    last = noted.read(context.home.key.parent)
    if last is None:
        return ""
    if last.head and not _is_in(context, last.head):
        return _SET_BACK.format(last.on)
    return FOUND.format(last.sentence) if last.sentence else ""


def head(context: Context) -> str:
    """The head of the chain before the act that asks, as papers bear it; empty in a register without a chain."""
    found = context.session.exec(
        select(ChainLink.id, ChainLink.mac).order_by(col(ChainLink.id).desc()).limit(1)
    ).first()
    return head_of(*found) if found else ""


def _is_in(context: Context, known: str) -> bool:
    number = int(known.partition(":")[0])
    mac = context.session.exec(select(ChainLink.mac).where(ChainLink.id == number)).first()
    return mac is not None and head_of(number, mac) == known
