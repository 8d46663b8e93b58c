"""Faults of PostgreSQL, as Chinese sentences for a clerk, by their SQLSTATE (Appendix A of its manual)."""

import psycopg

from pxtui.home import Database

_BUSY = "台账正被另一处占用，没有保存，请稍候再试。"
_CONFLICT = "所填内容与台账已有的记录冲突，没有保存，请刷新后核对再试。"
_LINE = "数据库“{database}”连不上或断开了，没有保存，请稍候再试；一直这样的请管理员检查数据库服务器。"
_ACCOUNT = "数据库“{database}”不接受本程序的账号，请管理员核对PXTUI_DATABASE_URL和账号的权限。"
_STRUCTURE = "数据库“{database}”里的台账缺少应有的表或列，请管理员用 pxtui verify 查明，用备份核对。"

_FULL = "数据库的连接已用完，没有保存，请稍候再试，或请管理员调大max_connections。"
_NOT_THERE = (
    "服务器上没有数据库“{database}”或本程序的账号，请管理员先建立（deploy/README.md），或核对PXTUI_DATABASE_URL。"
)

LOST = frozenset({"40001", "40P01"})
"""Of two that waited for each other."""
_BY_STATE = {
    "25006": "数据库“{database}”现在只能读不能写（可能是备用机），没有保存，请稍候再试或联系管理员。",
    "40001": _BUSY,
    "40P01": _BUSY,
    "55P03": _BUSY,
    "25P03": _LINE,
    "57014": "数据库太久没有答复，没有保存，请稍候再试。",
    "53100": "数据库服务器的磁盘已满，没有保存，请管理员腾出空间后再试。",
    "53300": _FULL,
    "3D000": _NOT_THERE,
    "42501": _ACCOUNT,
    "42P01": _STRUCTURE,
    "42703": _STRUCTURE,
    "58030": "数据库服务器读写磁盘出错，没有保存，请管理员检查磁盘。",
    "22003": "有一个数超过台账能保存的范围，没有保存，请核对人数、年龄、序号和金额。",
    "22021": "所填文字中有残缺的字符，没有保存，请重新输入这段文字。",
}
_BY_CLASS = {
    "08": _LINE,
    "23": _CONFLICT,
    "28": _ACCOUNT,
    "53": "数据库服务器的内存或连接不够，没有保存，请稍候再试或联系管理员。",
    "57": _LINE,
    "XX": "数据库“{database}”报告内容损坏，请停止使用并联系管理员核对备份。",
}
_BY_WORDS = {
    '" does not exist': _NOT_THERE,
    "authentication failed": _ACCOUNT,
    "no pg_hba.conf entry": _ACCOUNT,
    "too many clients": _FULL,
}
"""What libpq says of a connection that the server refused, in a server's English; such a fault bears no state."""
_AWAY_STATES = frozenset({"25006", "25P03", "53300", "57P01", "57P02", "57P03", "57P05"})
_AWAY_CLASS = "08"
_RAISED = "P0001"
"""By our own triggers."""


def sentence_of(error: psycopg.Error, database: Database) -> str | None:
    """What a clerk is told of a fault; None for one of the program itself."""
    state = error.sqlstate
    if state is None:
        # A line that broke off or was never there has no state, nor has text that PostgreSQL cannot hold.
        if isinstance(error, psycopg.OperationalError):
            said = str(error)
            template = next((sentence for words, sentence in _BY_WORDS.items() if words in said), _LINE)
            return template.format(database=database)
        return _BY_STATE["22021"] if isinstance(error, psycopg.DataError) else None
    if state == _RAISED:
        return error.diag.message_primary
    template = _BY_STATE.get(state) or _BY_CLASS.get(state[:2]) or ""
    return template.format(database=database) or None


def is_away(error: psycopg.Error) -> bool:
    """Whether the server cannot be reached, ends or begins, is full, or only reads: the same may be asked for later."""
    state = error.sqlstate
    if state is None:
        is_of_line = isinstance(error, psycopg.OperationalError)
        said = str(error)
        return is_of_line and not any(words in said for words, of in _BY_WORDS.items() if of is not _FULL)
    return state in _AWAY_STATES or state.startswith(_AWAY_CLASS)
