"""A register is made once, opened by one of its staff, and refused with a sentence where it cannot be."""

from pathlib import Path

import pytest
from sqlmodel import delete

from db.models import Register as RegisterRow
from pxtui.casework.lifecycle import serials
from pxtui.casework.office import journal, program_version
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register, create, exists, open_register
from pxtui.casework.payment import batches as payment_batches
from pxtui.casework.practice.register import make_practice_register
from pxtui.casework.staff import members
from pxtui.errors import PxtuiError
from pxtui.home import Home
from tests.conftest import ACTING, NOW
from tests.support import on_server
from tests.support.counter import Counter


def test_the_only_one_who_works_here_need_not_say_who_acts(register: Register) -> None:
    assert register.seated(None, NOW) == ACTING
    with register.writing(ACTING) as context:
        members.add(context, "李四")
    with pytest.raises(PxtuiError, match="请用 --as 姓名 说明由谁办理：张三、李四"):
        register.seated(None, NOW)
    assert register.seated(" 李 四", NOW).name == "李四"
    with pytest.raises(PxtuiError, match="没有名为“王五”的人员，可用：张三、李四"):
        register.seated("王五", NOW)


def test_whoever_left_does_not_act(register: Register) -> None:
    with register.writing(ACTING) as context:
        members.add(context, "李四")
        members.retire(context, "李四")
    assert register.seated(None, NOW).name == "张三"
    with pytest.raises(PxtuiError, match="没有名为“李四”的人员"):
        register.seated("李四", NOW)


def test_a_reader_who_has_not_said_who_it_is_has_no_name(register: Register) -> None:
    assert (register.nobody(NOW).name, register.nobody(NOW).office) == ("", "dongqu")


def test_where_no_register_is_the_clerk_is_told_how_to_make_one(tmp_path: Path) -> None:
    home = Home(tmp_path / "pxtui")
    assert not exists(home)
    with pytest.raises(PxtuiError, match="还没有建立台账，请先运行 pxtui init"):
        open_register(home, NOW)


@pytest.mark.parametrize(
    ("office", "name", "sentence"),
    [
        ("beiqu", "张三", "没有代码为“beiqu”的部门，可用："),
        ("dongqu", " ", "姓名不能为空"),
        ("dongqu", "张3", "里有数字"),
    ],
)
def test_a_register_is_of_an_office_and_of_somebody(tmp_path: Path, office: str, name: str, sentence: str) -> None:
    home = Home(tmp_path / "pxtui")
    with pytest.raises(PxtuiError, match=sentence):
        create(home, office=office, name=name, at=NOW)
    assert not home.root.exists()


def test_a_second_register_is_not_made_over_the_first(place: Home, register: Register) -> None:
    assert exists(place)
    with pytest.raises(PxtuiError, match="里已有台账，不再新建"):
        create(place, office="xiqu", name="李四", at=NOW)
    assert register.seated(None, NOW) == ACTING


def test_an_empty_file_is_no_register_and_says_what_to_do(place: Home) -> None:
    place.register.parent.mkdir(parents=True)
    place.register.touch(0o600)
    what_to_do = r"是空的.*备份.*覆盖它.*删去这个空文件"
    with pytest.raises(PxtuiError, match=what_to_do):
        open_register(place, NOW)
    with pytest.raises(PxtuiError, match=what_to_do):
        create(place, office="dongqu", name="张三", at=NOW)
    assert place.register.stat().st_size == 0


def test_a_register_that_was_never_made_to_the_end_says_what_to_do(place: Home, register: Register) -> None:
    with register.writing(ACTING) as context:
        context.session.exec(delete(RegisterRow))
    # On a server the tables stand before the register does.
    with pytest.raises(PxtuiError, match="还没有建立台账" if on_server.is_chosen() else "是空的"):
        open_register(place, NOW)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PxtuiError, match=r"不能建立文件夹“.*”，请检查权限或另设 PXTUI_HOME"):
        create(Home(tmp_path / "file" / "pxtui"), office="dongqu", name="张三", at=NOW)


def test_a_request_is_done_once_it_is_in_the_journal(register: Register) -> None:
    with register.writing(ACTING) as context:
        asking = context.asked("one")
        assert (journal.was_done(context), journal.was_done(asking)) == (False, False)
        office_settings.change(asking, opening_days=3)
        assert (journal.was_done(context), journal.was_done(asking)) == (False, True)
        assert not journal.was_done(context.asked("two"))


@pytest.mark.parametrize("number", ["BF2020-DQ-001", "GS2020-DQ-001", "BF2020DQ", ""])
def test_a_batch_that_is_not_there_is_told_with_how_to_find_one(register: Register, number: str) -> None:
    with register.reading(ACTING) as context, pytest.raises(PxtuiError, match=f"没有编号为“{number}”的拨付批次"):
        payment_batches.look_up(context, number)


def test_numbers_follow_one_another_by_office_and_year(register: Register) -> None:
    Counter(register).file()
    with register.reading(ACTING) as context:
        table = payment_batches.PAYMENT_BATCHES.table
        assert serials.next_serial(context, table.serial) == 1
        assert payment_batches.PAYMENT_BATCHES.next_serial(context, "dongqu", 2020) == 1


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"office_phone": "无"}, "电话“无”不是号码"),
        ({"supervision_phone": "12-"}, "电话“12-”不是号码"),
        ({"second_keying_share": 101}, "二次录入的比例101不在0至100之间"),
        ({"second_keying_share": -1}, "二次录入的比例-1不在"),
        ({"opening_days": 0}, "期限0个工作日不在1至60之间"),
        ({"claim_days": 61}, "期限61个工作日不在"),
        ({"correction_days": 61}, "期限61个工作日不在"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(register: Register, wanted: dict[str, object], sentence: str) -> None:
    with pytest.raises(PxtuiError, match=sentence), register.writing(ACTING) as context:
        office_settings.change(context, **wanted)  # type: ignore[arg-type]
    with register.reading(ACTING) as context:
        assert office_settings.settings(context) == office_settings.Settings()


def test_settings_at_their_bounds_are_kept_and_told(register: Register) -> None:
    with register.writing(ACTING) as context:
        kept = office_settings.change(
            context,
            tail_sum_wanted=True,
            second_keying_share=100,
            correction_days=1,
            opening_days=60,
            office_phone="0812-3322110",
            supervision_phone="12333",
        )
    with register.reading(ACTING) as context:
        assert office_settings.settings(context) == kept
    assert kept.in_words == (
        "证号末四位合计：核对；二次录入：100%；初审、复核、审批岗位：不分设；"
        "补正1个工作日；承诺开班60个、补贴10个工作日；电话0812-3322110，监督电话12333，地址未填，公示网站未填；骗取补贴的单位标注3年；"
        "拨付批次第二人签发：不要求；登录要口令；疑点只提示；抽查不要求"
    )


def test_the_second_of_two_programs_that_open_at_once_enters_nothing(register: Register) -> None:
    with register.writing(ACTING) as context:
        before = list(program_version.history(context))
        program_version.note(context, None)
        assert list(program_version.history(context)) == before


def test_a_practice_register_is_made_once(tmp_path: Path) -> None:
    home = Home(tmp_path / "practice")
    create(home, office="dongqu", name="张三", at=NOW).close()
    content = home.register.read_bytes()
    make_practice_register(home, NOW)
    assert home.register.read_bytes() == content
