"""The page of the exchange: keys that two people compare, a file for another office, a file of another office."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from db.models import Act, JournalEntry
from pxtui.casework.exchange import partners, told_trainings
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import settings as office_settings
from tests.support.offices import CityOffice, two_offices
from tests.support.pages import seen
from tests.support.rosters import made_up_people

PERSON = made_up_people(1)[0]


@pytest.fixture
def offices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[CityOffice, CityOffice]]:
    """东区 and 仁和区, which know each other's keys."""
    monkeypatch.chdir(tmp_path)
    first, second = two_offices(tmp_path)
    yield first, second
    first.register.close()
    second.register.close()


def page(office: CityOffice, *keys: str, columns: int = 80) -> list[str]:
    return seen(office.register, office, "exchange", *keys, columns=columns)


def known_to(office: CityOffice) -> list[str]:
    with office.register.reading(office.acting) as context:
        return [partner.name for partner in partners.listed(context)]


def fingerprint_of(office: CityOffice) -> str:
    with office.register.reading(office.acting) as context:
        return partners.own_public_keys(context).fingerprint


def told_of_the_person(office: CityOffice) -> int:
    with office.register.reading(office.acting) as context:
        return len(told_trainings.of_people(context, PERSON.id_number).trainings)


def struck(office: CityOffice) -> None:
    assert page(office, "delete", "=交换有误", "enter")[-2].startswith(" 已删去仁和区人社局的")


def test_who_is_known_stands_there_with_the_fingerprint(offices: tuple[CityOffice, CityOffice]) -> None:
    here, there = offices
    lines = page(here)
    assert lines[5].split() == ["仁和区人社局", "2020-03-16", "张三", "没有"]
    assert lines[-5].strip() == fingerprint_of(there)
    assert fingerprint_of(there) in page(here, columns=120)[5]


def test_where_nobody_is_known_the_page_says_how_it_begins(offices: tuple[CityOffice, CityOffice]) -> None:
    here, _ = offices
    struck(here)
    nothing = "还没有登记其他部门的公钥：按Enter导出本部门的给对方"
    assert nothing in "".join(page(here))
    for key in ("f11", "delete"):
        assert nothing in page(here, key)[-2]


def test_keys_go_out_and_are_entered_once_they_were_compared(
    offices: tuple[CityOffice, CityOffice],
) -> None:
    here, there = offices
    struck(here)
    file = Path("仁和.txt")
    lines = page(there, "enter")
    assert fingerprint_of(there) in "".join(lines)
    assert page(there, "enter", f"={file}", "enter")[-2].startswith(" 已写到")
    assert "已经存在，没有覆盖" in "".join(page(there, "enter", f"={file}", "enter"))
    keys = ("insert", "=rh", f"={file}", "enter")
    lines = page(here, *keys)
    assert fingerprint_of(there) in "".join(lines)
    assert "指纹与对方念的一致：Enter确认" in lines[-2]
    assert known_to(here) == []
    assert page(here, *keys, "enter")[-2].startswith(" 已登记仁和区人社局的公钥，指纹")
    assert known_to(here) == ["仁和区人社局"]


def test_what_is_no_public_key_is_refused_and_its_name_stays(
    offices: tuple[CityOffice, CityOffice],
) -> None:
    here, _ = offices
    file = Path("x.txt")
    file.write_text("公钥", encoding="utf-8")
    lines = page(here, "insert", "=rh", f"={file}", "enter")
    assert "这不是完整的公钥文件" in lines[-2]
    assert lines[5].split()[0] == "*文件"
    assert "x.txt" in "".join(lines[5:7])


def test_a_file_goes_from_one_office_to_the_other_and_is_taken_out_again(
    offices: tuple[CityOffice, CityOffice],
) -> None:
    here, there = offices
    there.do(there.file_class(heads=1), Action.SUBMIT, Action.APPROVE)
    file = Path("给东区.pxx")
    assert page(there, "f11", "enter", f"={file}", "enter")[-2].startswith(" 已导出到")
    assert file.stat().st_mode & 0o077 == 0
    lines = page(here, "f6", f"={file}", "enter")
    assert "新增1条，更新0条，没有变化0条。" in "".join(lines)
    assert lines[-2] == " 已导入，结果见上，Esc返回。"
    assert told_of_the_person(here) == 1
    # Esc needs no second key: it is in the register.
    assert page(here, "f6", f"={file}", "enter", "escape")[3].startswith(" 部门交换")
    assert "以前已经导入，没有增加" in "".join(page(here, "f6", f"={file}", "enter"))
    struck(here)
    assert (told_of_the_person(here), known_to(here)) == (0, [])


def test_an_export_never_writes_over_a_file_and_leaves_nothing_in_the_journal(
    offices: tuple[CityOffice, CityOffice],
) -> None:
    here, _ = offices
    Path("there").write_text("mine", encoding="utf-8")
    lines = page(here, "f11", "enter", "=there", "enter")
    assert "已经存在，没有覆盖" in lines[-2]
    assert lines[3].startswith(" 导出给仁和区人社局")
    assert Path("there").read_text(encoding="utf-8") == "mine"
    with here.register.reading(here.acting) as context:
        acts = context.session.exec(select(JournalEntry.action)).all()
    assert Act.EXCHANGE_EXPORT not in acts


def test_a_file_for_another_office_is_refused(offices: tuple[CityOffice, CityOffice]) -> None:
    here, there = offices
    file = Path("给东区.pxx")
    file.write_bytes(there.export_for(here))
    lines = page(there, "f6", f"={file}", "enter")
    assert "交换文件是给“东区人社局”的" in lines[-2]
    assert "给东区.pxx" in "".join(lines[4:6])


def test_where_duties_are_apart_the_keys_are_the_administrator_s(
    offices: tuple[CityOffice, CityOffice],
) -> None:
    here, _ = offices
    here.hire_colleagues()
    with here.register.writing(here.acting) as context:
        office_settings.change(context, duties_apart=True)
    lines = page(here, "delete", "=交换有误", "enter")
    assert "交换来源的删除由管理员办理，您的岗位是受理员" in lines[-2]
    assert known_to(here) == ["仁和区人社局"]
    here.clerk = "赵六"
    lines = page(here, "delete", "=交换有误", "enter")
    assert "已提出，由负责人同意后生效（按F10、0、2、Ctrl+N" in lines[-2]
    assert known_to(here) == ["仁和区人社局"]
    here.clerk = "王五"
    assert page(here, "ctrl+n", "enter", "enter")[-2].startswith(" 已删去仁和区人社局的")
    assert known_to(here) == []
