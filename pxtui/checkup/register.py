"""The register itself: whether it opens and is sound, its calendar, its backups, its clock. Nothing is written."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from db import backup_list
from db.chain import noted
from db.engine import Archive, open_archive
from db.faults import faults_in_chinese
from db.kinds import kind_of
from db.models import Register
from db.revision import HEAD, stored_revision
from db.seal import Vault
from db.upgrade import is_there
from pxtui.casework.keeping import retention
from pxtui.casework.keeping.restoring import last_drill
from pxtui.casework.office import calendar_in_force
from pxtui.casework.office.clock_check import newest_after
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.staff import sign_in
from pxtui.checkup.finding import Finding, bad, caution, good
from pxtui.clock import CHINA
from pxtui.errors import PxtuiError
from pxtui.home import Database, Home, Server
from pxtui.policy.parameters import shipped_rulebook
from pxtui.policy.working_days import WorkingDays

_ANNOUNCED = (11, 15)
"""Month and day by which the State Council has mostly announced the holidays of the next year."""
_ONE_DAY, _SOME_DAYS = timedelta(days=1), timedelta(days=3)
_DRILL_EVERY = timedelta(days=35)
_VERIFIED_EVERY = timedelta(days=2)


def findings(home: Home, now: datetime) -> Iterator[Finding]:
    """All about the register in a folder; `now` with time zone."""
    try:
        is_made = is_there(home.database)
    except PxtuiError as fault:
        yield bad("台账", fault.sentence.rstrip("。"), "请管理员检查数据库服务器和PXTUI_DATABASE_URL。")
        return
    if not is_made:
        yield bad("台账", "还没有建立", "请运行 pxtui init --office 部门代码 --name 姓名。")
        return
    try:
        with faults_in_chinese(home.database):
            revision = stored_revision(home.database) or ""
        if revision < HEAD:
            sentence = f"结构{revision or '空'}，本程序的是{HEAD}"
            yield caution("台账", sentence, "下次打开时先自动备份再升级；要现在就办的运行 pxtui db upgrade。")
            return
        yield _soundness(home.database)
        archive = open_archive(home.database, Vault.open(home.key))
    except PxtuiError as fault:
        yield bad("台账", fault.sentence.rstrip("。"), "停止录入；不能马上查明的用 pxtui restore 从备份恢复。")
        return
    try:
        yield from _opened(archive, home, now)
    finally:
        archive.close()


def _soundness(database: Database) -> Finding:
    kind = kind_of(database)
    with faults_in_chinese(database):
        size = kind.size(database) // 2**20
    if isinstance(database, Server):
        return good("台账数据库", f"{database}，结构{HEAD}，{size}MB")
    with faults_in_chinese(database), kind.raw(database) as file:
        answers = [answer for (answer,) in file.rows("PRAGMA quick_check(5)")]
    if answers != ["ok"]:
        return bad("台账文件", f"有{len(answers)}处损坏", "立即停止录入，用 pxtui restore 从最近的备份恢复。")
    return good("台账文件", f"结构{HEAD}，没有损坏，{size}MB")


def _opened(archive: Archive, home: Home, now: datetime) -> Iterator[Finding]:
    with archive.reading() as session:
        row = session.get(Register, 1)
        if row is None:
            yield bad("台账", "里面没有部门", "这个文件没有建成，请从备份恢复。")
            return
        is_practice = row.is_practice
        ahead = None if is_practice else newest_after(session, row, now)
        calendar = calendar_in_force.stored(session)
        acting = Acting("", row.home_office, now)
        context = Context(session, archive.vault, shipped_rulebook(), calendar, home, acting)
        is_open = sign_in.is_open_to_all(context)
        overdue = len(retention.due(context))
    yield good("密钥", f"是这个台账的{'；演练台账' if is_practice else ''}")
    if ahead is not None:
        sentence = f"早于台账最新记录{ahead.astimezone(CHINA):%Y-%m-%d %H:%M}"
        yield bad("时钟", sentence, "请校准时钟；确认时钟无误的运行 pxtui clock accept 说明原因。")
    else:
        yield good("时钟", f"{now.astimezone(CHINA):%Y-%m-%d %H:%M}，不早于台账的记录")
    yield from _calendar(calendar, now.astimezone(CHINA).date())
    if not is_practice:
        yield from _backups(home, now)
        yield _verified(home, now)
        if is_open:
            yield caution(
                "登录", "凭姓名就能办理", "只有一个人用的可以这样；请人人设口令（柜台，或 pxtui staff password）。"
            )
        else:
            yield good("登录", "凭口令或密钥")
        if overdue:
            yield caution("保存期限", f"{overdue}项到期没有删去", "请运行 pxtui retention run，并启用每天的清理。")
        else:
            yield good("保存期限", "没有到期未删的")


def _calendar(calendar: WorkingDays, today: date) -> Iterator[Finding]:
    for year in (today.year, today.year + 1):
        if calendar.knows(year):
            yield good("放假安排", f"有{year}年的")
        elif year == today.year:
            yield bad(
                "放假安排", f"没有{year}年的", "期限算不出来；请按国务院通知录入（柜台F4，或 pxtui calendar import）。"
            )
        elif (today.month, today.day) >= _ANNOUNCED:
            yield caution("放假安排", f"没有{year}年的", "国务院一般已公布，请录入：柜台F4，或 pxtui calendar import。")
        else:
            yield good("放假安排", f"{year}年的还没有公布")


def _backups(home: Home, now: datetime) -> Iterator[Finding]:
    if not home.backup_key.exists():
        yield bad("备份", "没有备份密钥，不能备份", "请运行 pxtui backup key create，私钥写到U盘、不放在这台机器上。")
        return
    listed = backup_list.listed(home.backups)
    if not listed:
        yield bad("备份", "一份也没有", "请运行 pxtui backup，并启用每天的备份（deploy/README.md）。")
        return
    age = now - listed[-1].made_at
    sentence = f"{len(listed)}份，最近一份{listed[-1].made_at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    remedy = "请运行 pxtui backup，并查明每天的备份为什么没有做。"
    if age > _SOME_DAYS:
        yield bad("备份", sentence, remedy)
    elif age > _ONE_DAY:
        yield caution("备份", sentence, remedy)
    else:
        yield good("备份", sentence)
    drilled = last_drill(home)
    if drilled is None or now - drilled > _DRILL_EVERY:
        told = "从来没有试过恢复" if drilled is None else f"上次试恢复是{drilled.astimezone(CHINA):%Y-%m-%d}"
        yield caution("恢复演练", told, "没有恢复过的备份不算数；请运行 pxtui restore --drill。")
    else:
        yield good("恢复演练", f"{drilled.astimezone(CHINA):%Y-%m-%d}通过")


def _verified(home: Home, now: datetime) -> Finding:
    last = noted.read(home.key.parent)
    if last is None:
        return caution("核验", "还没有核验过", "请运行 pxtui verify，并启用每天的核验（deploy/README.md）。")
    if last.sentence:
        return bad("核验", f"{last.on}发现程序以外的改动", "请停止办理，运行 pxtui verify 查明。")
    if now.astimezone(CHINA).date() - last.on > _VERIFIED_EVERY:
        return caution("核验", f"上次是{last.on}", "请运行 pxtui verify，并查明每天的核验为什么没有做。")
    return good("核验", f"{last.on}没有程序以外的改动")
