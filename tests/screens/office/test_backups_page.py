"""The page of the backups: how old the last good one is, all of them, and one more while the clerk goes on."""

import json
import sqlite3
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from db.models import Act, JournalEntry, Role
from pxtui.casework.keeping import backup_state, backups, office_key, restoring
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.staff import members
from pxtui.progress import Watch
from screens.frame.behind import Behind
from tests.conftest import ACTING
from tests.support.counter import COLLEAGUES, Counter
from tests.support.pages import at, seen

OTHERS = {"钱出纳": Role.CASHIER, "孙审计": Role.AUDITOR}
WHO = {role: name for name, role in (COLLEAGUES | OTHERS).items()} | {Role.CLERK: "张三"}


@pytest.fixture
def clerk(register: Register) -> Counter:
    """It is noon of the day on which the register was made."""
    return Counter(register)


@pytest.fixture
def key(register: Register, tmp_path: Path) -> office_key.OfficeKey:
    """The office key."""
    with register.writing(ACTING) as context:
        return office_key.create(context, tmp_path / "private.txt")


@pytest.fixture
def apart(clerk: Counter) -> Counter:
    """The office with duties apart."""
    clerk.hire_colleagues()
    with clerk.register.writing(clerk.acting) as context:
        for name, role in OTHERS.items():
            members.add(context, name, role)
        office_settings.change(context, duties_apart=True)
    return clerk


def text(clerk: Counter, *keys: str) -> str:
    return "\n".join(seen(clerk.register, clerk, "backups", *keys))


def test_without_a_key_the_page_says_how_to_begin_and_enter_says_it_too(clerk: Counter) -> None:
    shown = text(clerk)
    assert "还没有成功的备份。" in shown
    assert "pxtui backup key create --to" in shown.replace("\n", "")
    assert "还没有备份密钥，没有备份" in seen(clerk.register, clerk, "backups", "enter")[-2]


def test_enter_makes_one_that_stands_in_the_list_at_once(clerk: Counter, key: office_key.OfficeKey) -> None:
    assert "还没有备份，按Enter现在备份。" in text(clerk)
    lines = seen(clerk.register, clerk, "backups", "enter")
    assert "已备份并读回核对" in lines[-2]
    assert "最近一次成功的备份" in lines[4]
    assert "刚才" in lines[4]
    (row,) = (line for line in lines if "逐行核对无误" in line)
    assert row.split()[-1] == "现用的"
    assert f"  {key.in_groups}" in "\n".join(lines)


def test_its_age_is_told_and_the_newest_stands_first(clerk: Counter, key: office_key.OfficeKey) -> None:
    for days in (3, 5):
        backups.back_up(clerk.register.home, clerk.acting.at - timedelta(days=days))
    lines = seen(clerk.register, clerk, "backups")
    assert "（3天前）" in lines[4]
    made = [line.split()[0] for line in lines if "逐行核对无误" in line]
    assert made == sorted(made, reverse=True)
    assert len(made) == 2


def test_one_of_an_altered_register_is_no_good_one_and_one_for_another_key_is_marked(
    clerk: Counter, key: office_key.OfficeKey, tmp_path: Path
) -> None:
    home = clerk.register.home
    clerk.hire_colleagues()
    backups.back_up(home, clerk.acting.at - timedelta(hours=30))
    with clerk.register.writing(clerk.acting) as context:
        office_key.create(context, tmp_path / "second.txt", replaces=True)
    with closing(sqlite3.connect(home.register)) as connection:
        connection.execute("UPDATE staff SET name = '别人' WHERE name = '李四'")
        connection.commit()
    backups.back_up(home, clerk.acting.at)
    lines = seen(clerk.register, clerk, "backups")
    assert "（30小时前）" in lines[4]
    assert [line.split()[-1] for line in lines if "逐行核对无误" in line] == ["以前的"]
    assert [line.split()[-1] for line in lines if "有程序以外的改动" in line] == ["现用的"]


def test_the_last_drill_is_told_and_that_one_is_due(clerk: Counter, key: office_key.OfficeKey) -> None:
    assert "还没有做过恢复演练；每月一次" in text(clerk)
    home = clerk.register.home
    backups.back_up(home, clerk.acting.at)
    drills = home.backups / restoring.DRILLS
    drills.write_text(json.dumps({"at": (clerk.acting.at - timedelta(days=40)).isoformat()}) + "\n")
    assert "（40天前）通过；每月一次" in text(clerk)
    drills.write_text(json.dumps({"at": (clerk.acting.at - timedelta(days=4)).isoformat()}) + "\n")
    assert "（4天前）通过。" in text(clerk)


@pytest.mark.parametrize("role", [Role.CLERK, Role.CASHIER, Role.AUDITOR])
def test_others_see_only_whether_there_is_one_and_a_refusal_stands_in_the_journal(
    role: Role, apart: Counter, register: Register
) -> None:
    assert "没有一天以内做好的备份，请告诉管理员或负责人。" in text(at(apart, WHO[role]))
    lines = seen(register, at(apart, WHO[role]), "backups", "enter")
    assert f"备份由负责人或管理员办理，您的岗位是{role.value}" in lines[-2]
    assert not register.home.backups.exists() or not list(register.home.backups.iterdir())
    with register.reading(apart.acting) as context:
        refused = select(JournalEntry).where(col(JournalEntry.action) == Act.ACT_REFUSED)
        assert context.session.exec(refused).one().staff_name == WHO[role]


def test_others_see_that_there_is_one_but_neither_list_nor_key(
    clerk: Counter, key: office_key.OfficeKey, apart: Counter
) -> None:
    backups.back_up(clerk.register.home, clerk.acting.at)
    shown = text(at(apart, WHO[Role.CASHIER]))
    assert "有一天以内做好的备份。" in shown
    assert key.in_groups not in shown
    assert "逐行核对无误" not in shown


@pytest.mark.parametrize("role", [Role.HEAD, Role.ADMINISTRATOR])
def test_a_head_and_an_administrator_make_one(role: Role, key: office_key.OfficeKey, apart: Counter) -> None:
    assert "已备份并读回核对" in seen(apart.register, at(apart, WHO[role]), "backups", "enter")[-2]


def test_the_desk_reaches_it_with_the_key_that_its_notice_names(clerk: Counter) -> None:
    assert seen(clerk.register, clerk, "desk", "ctrl+k")[3].startswith(" 备份")


def test_how_much_is_proven_is_told_meanwhile(clerk: Counter, key: office_key.OfficeKey) -> None:
    watch = Watch()
    with clerk.register.writing(clerk.acting) as context:
        order = backup_state.order(context)
    order(watch)
    assert watch.done == watch.total > 0


def test_what_goes_on_behind_holds_up_nobody_and_its_end_is_told() -> None:
    may_end, answered = threading.Event(), threading.Event()
    told: list[str] = []

    def answer(go_on: object) -> None:
        assert callable(go_on)
        go_on()
        answered.set()

    def long(_: Watch) -> str:
        may_end.wait(10)
        return "做好了"

    behind = Behind(answer, str)
    behind.begin("backup", long, told.append, told.append)
    assert behind.watch_of("backup") is not None
    assert told == []
    may_end.set()
    assert answered.wait(10)
    assert told == ["做好了"]
    assert behind.watch_of("backup") is None


def test_what_goes_wrong_behind_is_told(clerk: Counter, key: office_key.OfficeKey) -> None:
    clerk.register.home.backups.write_text("in its way")
    assert "备份没有做成：" in seen(clerk.register, clerk, "backups", "enter")[-2]
