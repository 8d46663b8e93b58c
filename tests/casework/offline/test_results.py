"""A class of a large enterprise: its hours go along into the ordinary procedure, and what came of it comes back."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.register import Register
from pxtui.casework.offline import results as offline_results
from pxtui.casework.offline import tariffs
from pxtui.casework.offline.results import CarriedClass
from pxtui.errors import PxtuiError
from pxtui.papers.reading.offline_lists import TariffRow, read_offline_results, read_tariffs
from pxtui.papers.reading.rosters import read_roster
from tests.support.counter import Counter
from tests.support.rosters import made_up_people

pytestmark = pytest.mark.slow

DOCUMENT = "川人社办〔2020〕1号"
PEOPLE = made_up_people(3)


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


@pytest.fixture
def number(counter: Counter) -> str:
    """An approved class of a large enterprise's own trainers, on its last day."""
    return counter.opened_for_own_trainers(PEOPLE)


def attachment_4(folder: Path, hours: list[str]) -> Path:
    """The hours of the people in their order, as an Attachment 4 in text form."""
    lines = ["序号,姓名,身份证号,联系电话,课程学时,完成学时,考核合格"]
    for seq, (person, done) in enumerate(zip(PEOPLE, hours, strict=False), start=1):
        lines.append(f"{seq},{person.name},{person.id_number},{person.phone},40,{done},是")
    path = folder / "附件4.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def put_hours(counter: Counter, number: str, path: Path) -> CarriedClass:
    reading = read_roster(path)
    with counter.register.writing(counter.acting) as context:
        return offline_results.put_hours(context, number, reading, source=path.name)


def take_results(counter: Counter, number: str, folder: Path, *lines: str) -> CarriedClass:
    path = folder / "线下结果.csv"
    path.write_text("\n".join(("身份证号,姓名,线下学时,是否合格,补贴金额,拨付日期", *lines)), encoding="utf-8")
    listed = read_offline_results(path)
    assert listed.refused == ()
    with counter.register.writing(counter.acting) as context:
        return offline_results.take_results(context, number, listed.rows, source=path.name)


@pytest.fixture
def transferred(counter: Counter, number: str, tmp_path: Path) -> str:
    put_hours(counter, number, attachment_4(tmp_path, ["40", "36", "0"]))
    assert counter.do(number, Action.TRANSFER) is Stage.TRANSFERRED
    return number


def test_a_class_is_sent_on_only_with_everybodys_hours(counter: Counter, number: str, tmp_path: Path) -> None:
    with pytest.raises(PxtuiError, match="还有3人没有线上学时"):
        counter.do(number, Action.TRANSFER)
    known = put_hours(counter, number, attachment_4(tmp_path, ["40", "36"]))
    assert [person.online_hours for person in known.people] == [Decimal(40), Decimal(36), None]
    with pytest.raises(PxtuiError, match="还有1人没有线上学时（第3号）"):
        counter.do(number, Action.TRANSFER)
    put_hours(counter, number, attachment_4(tmp_path, ["40", "36", "0"]))
    assert counter.do(number, Action.TRANSFER) is Stage.TRANSFERRED


def test_hours_of_a_class_that_is_paid_online_are_not_taken_along(counter: Counter, tmp_path: Path) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    with pytest.raises(PxtuiError, match="不转线下程序"):
        put_hours(counter, number, attachment_4(tmp_path, ["40"]))


def test_what_became_of_the_people_stands_beside_their_hours(
    counter: Counter, transferred: str, tmp_path: Path
) -> None:
    first, second, _ = PEOPLE
    with counter.register.writing(counter.acting) as context:
        listed = [TariffRow("焊 工", "5", Decimal(80), 150_000)]
        tariffs.take_list(context, listed, effective_on=date(2020, 1, 1), document=DOCUMENT)
    carried = take_results(
        counter,
        transferred,
        tmp_path,
        f"{first.id_number},{first.name},40,是,1500.00,2020-04-02",
        f"{second.id_number},{second.name},40,是,1600.5,",
    )
    assert [(person.total_hours, person.passed, person.amount_fen) for person in carried.people] == [
        (Decimal(80), True, 150_000),
        (Decimal(76), True, 160_050),
        (None, None, None),
    ]
    assert carried.notes == (
        f"第2号{second.name}：补贴1600.50元，超过目录标准1500.00元。",
        f"第2号{second.name}：线上线下共76学时，不足目录规定的80学时。",
    )


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{stranger.id_number},{stranger.name},40,是,1500,", "不在此班批准的名单里"),
        ("{first.id_number},王小五,40,是,1500,", "表里是王小五"),
        ("{first.id_number},{first.name},40,是,1500,2020-03-19", "拨付日期2020-03-19不在开班日2020-03-20至今天之间"),
        ("{first.id_number},{first.name},40,是,1500,2020-04-03", "拨付日期2020-04-03不在"),
        ("{first.id_number},{first.name},40,是,1500,\n{first.id_number},{first.name},40,否,0,", "在表里有两行"),
    ],
)
def test_a_result_that_is_nobodys_changes_nothing(
    counter: Counter, transferred: str, tmp_path: Path, line: str, sentence: str
) -> None:
    lines = line.format(first=PEOPLE[0], stranger=made_up_people(1, 7)[0]).split("\n")
    with pytest.raises(PxtuiError, match=sentence):
        take_results(counter, transferred, tmp_path, *lines)
    with counter.register.reading(counter.acting) as context:
        assert all(person.passed is None for person in offline_results.carried(context, transferred).people)


def test_without_a_catalogue_no_tariff_is_made_up(counter: Counter, transferred: str, tmp_path: Path) -> None:
    first = PEOPLE[0]
    carried = take_results(counter, transferred, tmp_path, f"{first.id_number},{first.name},40,是,9999,")
    assert (carried.tariff, carried.notes) == (None, ("还没有导入焊工五级的补贴目录，不能核对补贴标准。",))


def test_a_catalogue_counts_from_its_day_on(counter: Counter) -> None:
    with counter.register.writing(counter.acting) as context:
        for day, fen in ((date(2020, 1, 1), 100_000), (date(2020, 7, 1), 120_000)):
            listed = [TariffRow("焊工", "5", None, fen)]
            assert tariffs.take_list(context, listed, effective_on=day, document=DOCUMENT) == (1, 0)
        found = {
            day: tariff.amount_fen if (tariff := tariffs.tariff_for(context, "焊工", "5", day)) else None
            for day in (date(2019, 12, 31), date(2020, 6, 30), date(2020, 7, 1))
        }
    assert list(found.values()) == [None, 100_000, 120_000]


def test_a_catalogue_that_contradicts_itself_is_refused(counter: Counter) -> None:
    listed = [TariffRow("焊工", "5", None, 100_000), TariffRow("焊 工", "5", None, 120_000)]
    with pytest.raises(PxtuiError, match="有两个补贴标准"), counter.register.writing(counter.acting) as context:
        tariffs.take_list(context, listed, effective_on=date(2020, 1, 1), document=DOCUMENT)


def test_a_catalogue_is_read_as_offices_write_it(tmp_path: Path) -> None:
    path = tmp_path / "目录.csv"
    path.write_text(
        '职业（工种）,等级,学时,补贴标准（元/人）\n焊工,五级/初级工,80学时,"1,500.00"\n电工,不分等级,,600元\n叉车司机,四级,,约800\n',
        encoding="utf-8",
    )
    listed = read_tariffs(path)
    assert listed.rows == (TariffRow("焊工", "5", Decimal(80), 150_000), TariffRow("电工", None, None, 60_000))
    assert [(row.cell, row.reason) for row in listed.refused] == [
        ("D4", "“约800”不是金额，请写成600或600.00的形式，单位是元。")
    ]


def test_who_was_paid_nothing_in_the_ordinary_procedure_has_the_training_back(
    counter: Counter, transferred: str, tmp_path: Path
) -> None:
    first, second, third = PEOPLE
    take_results(
        counter,
        transferred,
        tmp_path,
        f"{first.id_number},{first.name},60,是,1500,2020-04-02",
        f"{second.id_number},{second.name},0,否,0,",
        f"{third.id_number},{third.name},0,否,,",
    )
    again = counter.file(PEOPLE, date(2020, 6, 8), "电工")
    known = {person.id_number: person.paid for person in counter.trainings_elsewhere(again)}
    # What the list does not say is not taken for nothing.
    assert known == {first.id_number: True, third.id_number: False}


def test_hours_of_a_platform_go_along_with_their_decimal(counter: Counter, number: str, tmp_path: Path) -> None:
    path = tmp_path / "平台导出.csv"
    person = PEOPLE[0]
    days = (f"{person.name},{person.id_number},2020-03-2{day},{minutes},86" for day, minutes in ((1, 600), (2, 503)))
    path.write_text("\n".join(("姓名,身份证号,学习日期,学习时长（分钟）,成绩", *days)), encoding="utf-8")
    reading = offline_results.read_hours(path, tmp_path / "platforms.toml")
    with counter.register.writing(counter.acting) as context:
        carried = offline_results.put_hours(context, number, reading, source=path.name)
    assert [person.online_hours for person in carried.people] == [Decimal("24.5"), None, None]
