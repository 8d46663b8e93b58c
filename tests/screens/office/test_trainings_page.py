"""The page of earlier trainings: found by person, keyed, imported, struck with a reason."""

from datetime import date
from pathlib import Path

import pytest

from pxtui.casework.exchange import told_trainings
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.people import keyed_training
from tests.support.counter import ANSWER, Counter
from tests.support.pages import seen
from tests.support.rosters import made_up_people

PERSON = made_up_people(1)[0]
STRANGER = "510402198001010018"
BEGAN = date(2019, 5, 6)
KEYED = ("insert", f"={STRANGER}", "=焊工", "enter", "=5", "=20190506", "enter", "=20190520", "enter")
"""A training up to its last day; what follows may be unknown."""


@pytest.fixture
def clerk(register: Register) -> Counter:
    made = Counter(register)
    made.hire_colleagues()
    return made


@pytest.fixture
def known(clerk: Counter) -> Counter:
    """A stranger and a person of a case have a training elsewhere each."""
    clerk.do(clerk.file(made_up_people(1)), Action.SUBMIT, Action.APPROVE)
    for number in (STRANGER, PERSON.id_number):
        with clerk.register.writing(clerk.acting) as context:
            keyed_training.add(context, number, "电工", "4", BEGAN, date(2019, 5, 20), source="东区2019年台账")
    return clerk


def page(clerk: Counter, *keys: str, columns: int = 80) -> list[str]:
    return seen(clerk.register, clerk, "trainings", *keys, columns=columns)


def told(clerk: Counter, number: str = STRANGER) -> list[str]:
    with clerk.register.reading(clerk.acting) as context:
        return [training.sentence for training in told_trainings.of_people(context, number).trainings]


def listed(lines: list[str]) -> list[list[str]]:
    return [line.split() for line in lines[5:18] if line]


def test_an_empty_page_says_what_to_do(clerk: Counter) -> None:
    nothing = " 还没有以往培训，按Ins录入，或F6导入清单；直接输入证号、姓名查找。"
    assert page(clerk)[-6] == page(clerk, "delete")[-2] == nothing


def test_what_was_entered_last_stands_first_with_masked_numbers(known: Counter) -> None:
    lines = page(known)
    tail = PERSON.id_number[-4:]
    assert [row[:2] for row in listed(lines)] == [
        [PERSON.name, f"{PERSON.id_number[:6]}********{tail}"],
        ["510402********0018", "电工"],
    ]
    assert "来源：东区2019年台账。" in lines[-5]
    assert STRANGER not in "".join(page(known, f"={STRANGER}", "enter"))


@pytest.mark.parametrize("text", [PERSON.name, PERSON.id_number, PERSON.id_number[-4:]])
def test_a_search_finds_all_trainings_of_a_person(known: Counter, text: str) -> None:
    lines = page(known, f"={text}", "enter")
    assert [row[2:5] for row in listed(lines)] == [
        ["焊工", "五级", "2020-03-20"],
        ["电工", "四级", "2019-05-06"],
    ]
    # Esc leads back to all.
    assert len(listed(page(known, f"={text}", "enter", "escape"))) == 2
    assert listed(page(known, f"={text}", "enter", "escape")) == listed(page(known))


def test_whom_nobody_knows_is_searched_by_the_whole_number(known: Counter) -> None:
    assert "别的人请输入整个证号" in page(known, "f3", "=0018", "enter")[-6]
    assert len(listed(page(known, "f3", f"={STRANGER}", "enter"))) == 1


def test_a_training_is_keyed(clerk: Counter) -> None:
    lines = page(clerk, *KEYED, "=1", "=1", "=2", "=东区台账", "enter")
    assert lines[-2] == " 已录入。"
    assert told(clerk) == ["焊工 五级 2019-05-06至2019-05-20 线上 没有拨付；来源：东区台账。"]


def test_what_nobody_knows_is_left_as_it_stands(clerk: Counter) -> None:
    page(clerk, *KEYED, "ctrl+n")
    assert told(clerk) == ["焊工 五级 2019-05-06至2019-05-20 线下 已拨付；来源：柜台录入。"]


def test_a_training_that_is_known_is_shown_and_not_entered_again(clerk: Counter) -> None:
    page(clerk, *KEYED, "ctrl+n")
    lines = page(clerk, *KEYED, "ctrl+n")
    assert lines[-2] == " 台账里已有这次培训，没有增加。"
    assert lines[3].endswith("查找“510402********0018”：1条")
    assert len(listed(lines)) == len(told(clerk)) == 1


def test_a_wrong_digit_is_told_at_once(clerk: Counter) -> None:
    lines = page(clerk, "insert", f"={STRANGER[:-1]}9")
    assert "末位校验不对，请照证件逐位核对" in lines[-2]
    assert lines[4].split() == ["*身份证号", f"{STRANGER[:-1]}9"]


def test_days_in_the_wrong_order_are_refused_and_all_that_was_keyed_stays(clerk: Counter) -> None:
    lines = page(clerk, *KEYED[:-2], "=20190401", "ctrl+n")
    assert "结束日期2019-04-01早于开始日期2019-05-06，请改正其中一个" in lines[-2]
    assert [line.split()[1] for line in lines[4:9]] == [STRANGER, "焊工", "五级", "2019-05-06", "20190401"]
    assert told(clerk) == []


def test_one_is_struck_with_a_reason(known: Counter) -> None:
    search = (f"={STRANGER}", "enter")
    lines = page(known, *search, "delete")
    assert "来源：东区2019年台账。" in "".join(lines)
    assert page(known, *search, "delete", "enter")[-2] == " 请填写理由。"
    assert len(told(known)) == 1
    assert page(known, *search, "delete", "=重名", "enter")[-2] == " 已删去1条。"
    assert told(known) == []


def test_a_case_of_this_register_is_not_struck_here(known: Counter) -> None:
    lines = page(known, f"={PERSON.id_number}", "enter", "delete")
    assert "这是本台账的案件线培〔2020〕DQ-0001，不在这里删去" in lines[-2]
    assert len(told(known, PERSON.id_number)) == 2


def test_where_duties_are_apart_the_administrator_proposes_and_the_head_agrees(known: Counter) -> None:
    with known.register.writing(known.acting) as context:
        office_settings.change(context, duties_apart=True)
    lines = page(known, "down", "delete", "=重名", "enter")
    assert "以往培训的更正由管理员办理，您的岗位是受理员" in lines[-2]
    assert lines[4].split() == ["*理由", "重名"]
    assert len(told(known)) == 1
    known.clerk = "赵六"
    lines = page(known, "down", "delete", "=重名", "enter")
    assert "已提出，由负责人同意后生效（按F10、0、2、Ctrl+N" in lines[-2]
    lines = page(known, "ctrl+n", "enter", "enter")
    assert lines[5].split() == ["2020-03-16", "赵六", "删去510402********0018", "2019-05-06开始的以往培训"]
    assert "等负责人同意；不要了的按Del撤销。" in lines[-2]
    assert len(told(known)) == 1
    known.clerk = "王五"
    lines = page(known, "ctrl+n")
    assert "2019-05-06开始的以往培训，理由：重名。" in "".join(lines).replace("重 名", "重名")
    assert page(known, "ctrl+n", "enter", "enter")[-2] == " 已删去1条。"
    assert told(known) == []
    assert "没有等待同意的" in "".join(page(known, "ctrl+n"))


def test_what_was_proposed_is_turned_down_with_a_reason(known: Counter) -> None:
    with known.register.writing(known.acting) as context:
        office_settings.change(context, duties_apart=True)
    known.clerk = "赵六"
    page(known, "down", "delete", "=重名", "enter")
    known.clerk = "王五"
    assert page(known, "ctrl+n", "delete", "enter")[-2] == " 请填写理由。"
    assert page(known, "ctrl+n", "delete", "=确有此班", "enter")[-2] == " 已撤销。"
    assert "没有等待同意的" in page(known, "ctrl+n", "enter")[-2]
    assert len(told(known)) == 1


def a_list(folder: Path, *lines: str) -> str:
    path = folder / "清单.csv"
    path.write_text("\n".join(("身份证号,职业（工种）,等级,开始日期,结束日期", *lines)), encoding="utf-8")
    return f"={path}"


def test_a_list_is_imported_once_it_was_looked_at(clerk: Counter, tmp_path: Path) -> None:
    file = a_list(tmp_path, f"{STRANGER},焊工,五级,2019-05-06,2019-05-20", "51,电工,四级,2019-05-06,2019-05-20")
    keyed = ("f6", file, "enter", "=市就业局", "enter", "enter")
    lines = page(clerk, *keyed)
    assert any("读出1条，1行未读出：新增1条，已有0条。" in line for line in lines)
    assert any("职业（“职业(工种)”）" in line for line in lines)
    assert any(line.startswith(" A3 身份证号不是15位或18位") for line in lines)
    assert "导入1条，未读出的1行见上：Enter确认" in lines[-2]
    assert told(clerk) == []
    lines = page(clerk, *keyed, "enter")
    assert lines[-2] == " 读出1条，新增1条；未读出的1行请改正后再导入。"
    assert told(clerk) == ["焊工 五级 2019-05-06至2019-05-20 线下 已拨付；来源：市就业局。"]
    assert "已撤回市就业局的导入：1条" in page(clerk, "f8", "enter")[-2]
    assert told(clerk) == []


def test_a_heading_that_nobody_knows_is_told_and_can_be_named(clerk: Counter, tmp_path: Path) -> None:
    path = tmp_path / "清单.csv"
    path.write_text(f"身份证号,工种名称,开始日期,结束日期\n{STRANGER},焊工,2019-05-06,2019-05-20", encoding="utf-8")
    keyed = ("f6", f"={path}", "enter", "enter")
    assert "缺少“职业（工种）”列" in page(clerk, *keyed, "enter")[-2]
    assert any("新增1条" in line for line in page(clerk, *keyed, "=职业=工种名称", "enter"))


def test_a_file_that_is_not_there_is_told_and_its_name_stays(clerk: Counter) -> None:
    lines = page(clerk, "f6", "=nowhere.xlsx", "enter", "enter", "enter")
    assert "找不到文件“nowhere.xlsx”" in lines[-2]
    assert lines[4].split() == ["*文件", "nowhere.xlsx"]


def test_in_a_wide_window_the_source_stands_in_the_row(known: Counter) -> None:
    assert "东区2019年台账" in page(known, columns=120)[5]


def test_the_trainings_of_a_year_are_written_out_from_the_page(register: Register) -> None:
    counter = Counter(register)
    number = counter.file()
    assert "本部门2020年没有这样的班" in page(counter, "f11", "=1", "ctrl+n")[-2]
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    assert "已写到文书文件夹：2020年线上培训人员台账-" in page(counter, "f11", "=1", "=2020", "ctrl+n")[-2]
    assert "2020年线上培训人员台账-全号" in page(counter, "f11", "=1", "down", "=报省平台", "enter")[-2]
