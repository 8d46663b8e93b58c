"""A list of earlier trainings is held against the register, taken in with a note, and taken back in one step."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.casework.people import keyed_training, past_trainings, training_imports
from pxtui.casework.people.training_imports import Prepared, Preview
from pxtui.errors import PxtuiError
from tests.support.counter import ANSWER, Counter
from tests.support.rosters import made_up_people

FIRST, SECOND, THIRD = made_up_people(3)
HEAD = "姓名,身份证号,职业,等级,开始日期,结束日期,方式,是否补贴,是否已拨付"
TURNER = "车工,五级,2020-01-06,2020-01-10,线下,是,是"


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def read(folder: Path, lines: Sequence[str], source: str = "省平台", known: dict[str, str] | None = None) -> Prepared:
    file = folder / "清单.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return training_imports.prepare(file, source, {}, known or {})


def held_against(counter: Counter, prepared: Prepared) -> Preview:
    with counter.register.reading(counter.acting) as context:
        return training_imports.preview(context, prepared)


def take(counter: Counter, prepared: Prepared) -> int:
    with counter.register.writing(counter.acting) as context:
        return training_imports.take(context, prepared)


def known_of(counter: Counter, number: str) -> int:
    with counter.register.reading(counter.acting) as context:
        return len(past_trainings.of_people(context, [number], except_case=None))


def test_each_row_is_new_the_same_contradictory_or_our_own(counter: Counter, tmp_path: Path) -> None:
    number = counter.file([FIRST])
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    take(counter, read(tmp_path, [HEAD, f"{SECOND.name},{SECOND.id_number},{TURNER}"]))
    lines = [
        HEAD,
        f"{FIRST.name},{FIRST.id_number},焊工,五级,2020-03-20,2020-04-02,线上,是,否",
        f"{SECOND.name},{SECOND.id_number},{TURNER}",
        f"{SECOND.name},{SECOND.id_number},车工,五级,2020-01-06,2020-01-12,线下,是,否",
        f"{THIRD.name},{THIRD.id_number},{TURNER}",
        f"{THIRD.name},{THIRD.id_number},{TURNER}",
        f"旧名,{FIRST.id_number},钳工,,2019-05-06,2019-05-10,线下,是,是",
    ]
    found = held_against(counter, read(tmp_path, lines, source="市就业局"))
    assert found.sentence == "新增1条，已有2条，有出入2条，本台账的班1条（不导入）。"
    assert found.contradictions == (
        f"{SECOND.id_number[:6]}********{SECOND.id_number[-4:]} 车工 2020-01-06："
        "结束日期：省平台2020-01-10，清单2020-01-12；拨付：省平台是，清单否。",
        f"{FIRST.id_number[:6]}********{FIRST.id_number[-4:]} 钳工 2019-05-06：姓名：台账{FIRST.name}，清单旧名。",
    )
    assert dict(found.own) == {"线培〔2020〕DQ-0001": 1}


def test_what_a_source_calls_its_columns_is_kept_for_its_next_list(counter: Counter, tmp_path: Path) -> None:
    lines = ["人员证号,公民身份号码,工种名称,开班,结业日期", f"1,{FIRST.id_number},车工,2020-01-06,2020-01-10"]
    with pytest.raises(PxtuiError, match="职业"):
        read(tmp_path, lines)
    said = training_imports.headings_in("职业=工种名称，开始日期=开班")
    prepared = training_imports.prepare(tmp_path / "清单.csv", "省平台", said, {})
    assert (
        prepared.columns == "身份证号（“公民身份号码”）、职业（“工种名称”）、开始日期（“开班”）、结束日期（“结业日期”）"
    )
    take(counter, prepared)
    with counter.register.reading(counter.acting) as context:
        kept = training_imports.sources(context)["省平台"]
    assert len(read(tmp_path, lines, known=kept).listed.rows) == 1
    # The next list has our own words again.
    assert len(read(tmp_path, [HEAD, f"某,{SECOND.id_number},{TURNER}"], known=kept).listed.rows) == 1


@pytest.mark.parametrize("text", ["职业", "职业=", "工种=工种名称"])
def test_a_column_that_is_named_wrongly_is_told(text: str) -> None:
    with pytest.raises(PxtuiError, match="列名对应"):
        training_imports.headings_in(text)


def test_the_last_import_is_taken_back_in_one_step(counter: Counter, tmp_path: Path) -> None:
    take(counter, read(tmp_path, [HEAD, f"某,{SECOND.id_number},{TURNER}"]))
    take(counter, read(tmp_path, [HEAD, f"某,{SECOND.id_number},{TURNER}", f"某,{THIRD.id_number},{TURNER}"]))
    with counter.register.writing(counter.acting) as context:
        assert training_imports.take_back(context) == "已撤回省平台的导入：1条以往培训。"
    assert (known_of(counter, SECOND.id_number), known_of(counter, THIRD.id_number)) == (1, 0)
    with pytest.raises(PxtuiError, match="没有可以撤回的导入"), counter.register.writing(counter.acting) as context:
        training_imports.take_back(context)


@pytest.mark.parametrize("case", ["another", "later", "keyed"])
def test_what_somebody_may_have_relied_on_is_not_taken_back(counter: Counter, tmp_path: Path, case: str) -> None:
    counter.hire_colleagues()
    take(counter, read(tmp_path, [HEAD, f"某,{SECOND.id_number},{TURNER}"]))
    if case == "keyed":
        with counter.register.writing(Counter(counter.register, clerk="张三").acting) as context:
            later = context.by(type(context.acting)("张三", "dongqu", context.at.replace(hour=11)))
            keyed_training.add(later, THIRD.id_number, "车工", None, date(2020, 1, 6), None)
    if case == "later":
        counter.day = date(2020, 3, 17)
    if case == "another":
        counter.clerk = "赵六"
    with pytest.raises(PxtuiError, match="逐条删去"), counter.register.writing(counter.acting) as context:
        training_imports.take_back(context)
    assert known_of(counter, SECOND.id_number) == 1
