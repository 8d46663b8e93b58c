"""Files of the ordinary procedure: taken whole or not at all, and a second one says what it changed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.register import Register
from pxtui.casework.offline import results, tariffs
from pxtui.casework.offline.results import CarriedClass
from pxtui.casework.offline.tariffs import Tariff
from pxtui.errors import PxtuiError
from pxtui.papers.reading.offline_lists import OfflineRow, TariffRow
from tests.support.counter import Counter
from tests.support.rosters import made_up_people

pytestmark = pytest.mark.slow

PEOPLE = made_up_people(7)
FIRST, SECOND = PEOPLE[:2]
IN_FORCE = date(2020, 1, 1)
DOCUMENT = "川人社办〔2020〕1号"
RESULTS_HEAD = "身份证号,姓名,线下学时,是否合格,补贴金额,拨付日期"
NO_OFFICE_WORDS = Path("none.toml")


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


@pytest.fixture
def number(counter: Counter) -> str:
    """An approved class of a large enterprise's own trainers, on its last day."""
    return counter.opened_for_own_trainers(PEOPLE)


def written(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def attachment_4(folder: Path, *hours: str) -> Path:
    rows = (
        f"{seq},{person.name},{person.id_number},{person.phone},40,{done},是"
        for seq, (person, done) in enumerate(zip(PEOPLE, hours, strict=False), start=1)
    )
    return written(folder, "附件4.csv", "序号,姓名,身份证号,联系电话,课程学时,完成学时,考核合格", *rows)


def put_hours(counter: Counter, number: str, path: Path) -> CarriedClass:
    reading = results.read_hours(path, NO_OFFICE_WORDS)
    with counter.register.writing(counter.acting) as context:
        return results.put_hours(context, number, reading, source=path.name)


def take_results(counter: Counter, number: str, *rows: OfflineRow) -> CarriedClass:
    with counter.register.writing(counter.acting) as context:
        return results.take_results(context, number, rows, source="线下结果.csv")


def transferred(counter: Counter, number: str, folder: Path, *hours: str) -> str:
    put_hours(counter, number, attachment_4(folder, *(hours or ("40",) * len(PEOPLE))))
    assert counter.do(number, Action.TRANSFER) is Stage.TRANSFERRED
    return number


def test_the_hours_come_from_an_attachment_4(counter: Counter, number: str, tmp_path: Path) -> None:
    known = put_hours(counter, number, attachment_4(tmp_path, "40", "36.5"))
    assert [person.online_hours for person in known.people] == [Decimal(40), Decimal("36.5"), *[None] * 5]
    assert known.summary == "已登记，还有5人没有线上学时。"


def test_the_hours_come_from_a_platform_s_records_too(counter: Counter, number: str, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "平台.csv",
        "姓名,身份证号,签到时间,学习时长",
        f"{FIRST.name},{FIRST.id_number},2020-03-21 08:00,90",
        f"{SECOND.name},{SECOND.id_number},2020-03-21 08:00,45",
    )
    known = put_hours(counter, number, path)
    assert [person.online_hours for person in known.people][:3] == [Decimal(2), Decimal(1), None]


def test_a_later_file_overrides_and_what_it_does_not_say_stays(counter: Counter, number: str, tmp_path: Path) -> None:
    put_hours(counter, number, attachment_4(tmp_path, "40", "36"))
    known = put_hours(counter, number, attachment_4(tmp_path, "39", ""))
    assert [person.online_hours for person in known.people][:2] == [Decimal(39), Decimal(36)]


def test_a_file_of_another_class_is_refused(counter: Counter, number: str, tmp_path: Path) -> None:
    stranger = made_up_people(1, 50)[0]
    head = "序号,姓名,身份证号,联系电话,课程学时,完成学时,考核合格"
    path = written(tmp_path, "别班.csv", head, f"1,{stranger.name},{stranger.id_number},{stranger.phone},40,40,是")
    with pytest.raises(PxtuiError, match=r"“别班\.csv”里没有这个班批准名单上的人"):
        put_hours(counter, number, path)


def test_of_many_without_hours_five_are_named(counter: Counter, number: str, tmp_path: Path) -> None:
    put_hours(counter, number, attachment_4(tmp_path, "40"))
    with pytest.raises(PxtuiError, match="还有6人没有线上学时（第2、3、4、5、6号等）"):
        counter.do(number, Action.TRANSFER)
    put_hours(counter, number, attachment_4(tmp_path, "40", "40"))
    with pytest.raises(PxtuiError, match="还有5人没有线上学时（第3、4、5、6、7号）"):
        counter.do(number, Action.TRANSFER)


def test_a_class_that_is_paid_online_is_not_transferred(counter: Counter) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    counter.day = date(2020, 4, 2)
    with pytest.raises(PxtuiError, match="此班走有偿线上培训补贴，不转线下程序"):
        counter.do(number, Action.TRANSFER)


def test_a_class_is_not_transferred_before_its_end(counter: Counter, number: str, tmp_path: Path) -> None:
    put_hours(counter, number, attachment_4(tmp_path, *["40"] * len(PEOPLE)))
    counter.day = date(2020, 4, 1)
    with pytest.raises(PxtuiError, match="此班2020-04-02结束，结束后再转线下程序"):
        counter.do(number, Action.TRANSFER)


def test_half_a_list_of_results_is_none(tmp_path: Path) -> None:
    good = f"{FIRST.id_number},{FIRST.name},40,是,1500.00,2020-04-02"
    assert results.read_results(written(tmp_path, "线下.csv", RESULTS_HEAD, good)) == (
        OfflineRow(FIRST.id_number, FIRST.name, Decimal(40), True, 150_000, date(2020, 4, 2)),
    )
    bad = f"{SECOND.id_number},{SECOND.name},40,是,约一千,"
    with pytest.raises(PxtuiError, match=r"“线下\.csv”有1行读不出，没有登记；第一处在E3："):
        results.read_results(written(tmp_path, "线下.csv", RESULTS_HEAD, good, bad))


def test_an_empty_list_changes_nothing(counter: Counter, number: str, tmp_path: Path) -> None:
    with pytest.raises(PxtuiError, match="表里没有可以登记的人员"):
        take_results(counter, transferred(counter, number, tmp_path))


def test_a_later_list_overrides_whom_it_names(counter: Counter, number: str, tmp_path: Path) -> None:
    transferred(counter, number, tmp_path)
    first, second = (
        OfflineRow(person.id_number, person.name, Decimal(20), True, 150_000, date(2020, 4, 2))
        for person in (FIRST, SECOND)
    )
    take_results(counter, number, first, second)
    known = take_results(counter, number, replace(first, passed=False, amount_fen=0, paid_on=None))
    assert [(person.passed, person.amount_fen, person.paid_on) for person in known.people[:3]] == [
        (False, 0, None),
        (True, 150_000, date(2020, 4, 2)),
        (None, None, None),
    ]


@pytest.mark.parametrize(("paid_on", "is_taken"), [("2020-03-19", False), ("2020-03-20", True), ("2020-04-02", True)])
def test_nothing_was_paid_before_the_class_began(
    counter: Counter, number: str, tmp_path: Path, paid_on: str, *, is_taken: bool
) -> None:
    transferred(counter, number, tmp_path)
    day = date.fromisoformat(paid_on)
    row = OfflineRow(FIRST.id_number, FIRST.name, Decimal(20), True, 150_000, day)
    if is_taken:
        assert take_results(counter, number, row).people[0].paid_on == day
        return
    with pytest.raises(PxtuiError, match="的拨付日期2020-03-19不在开班日2020-03-20至今天之间，没有登记任何结果"):
        take_results(counter, number, row)


def test_money_for_somebody_who_failed_is_to_be_looked_at(counter: Counter, number: str, tmp_path: Path) -> None:
    take_list(counter, TariffRow("焊工", "5", None, 150_000))
    transferred(counter, number, tmp_path)
    known = take_results(
        counter,
        number,
        OfflineRow(FIRST.id_number, FIRST.name, Decimal(20), False, 150_000, None),
        OfflineRow(SECOND.id_number, SECOND.name, Decimal(20), False, 0, None),
    )
    assert known.notes == (f"第1号{FIRST.name}：考核不合格而有补贴金额，请核对。",)
    assert known.summary == f"已登记：7人有线上学时，2人有线下结果；1处请核对：{known.notes[0]}"


def test_before_results_come_nothing_is_to_be_looked_at(counter: Counter, number: str, tmp_path: Path) -> None:
    known = put_hours(counter, number, attachment_4(tmp_path, *["40"] * len(PEOPLE)))
    assert known.notes
    assert known.summary == "已登记：7人有线上学时，0人有线下结果。"


def take_list(counter: Counter, *rows: TariffRow, on: date = IN_FORCE, document: str = DOCUMENT) -> tuple[int, int]:
    with counter.register.writing(counter.acting) as context:
        return tariffs.take_list(context, rows, effective_on=on, document=document)


def known_tariffs(counter: Counter) -> list[Tariff]:
    with counter.register.reading(counter.acting) as context:
        return tariffs.tariffs(context)


def test_a_catalogue_that_comes_again_says_what_is_new_and_what_is_corrected(counter: Counter) -> None:
    welder, electrician = TariffRow("焊工", "5", Decimal(80), 150_000), TariffRow("电工", None, None, 60_000)
    assert take_list(counter, welder, electrician) == (2, 0)
    assert take_list(counter, welder, electrician) == (0, 0)
    assert take_list(counter, replace(welder, hours=Decimal(90)), electrician) == (0, 1)
    assert take_list(counter, replace(welder, hours=Decimal(90), amount_fen=1), TariffRow("钳工", "4", None, 1)) == (
        1,
        1,
    )
    assert take_list(counter, welder, on=date(2020, 7, 1), document="新文号") == (1, 0)
    assert [
        (tariff.occupation, tariff.level, tariff.hours, tariff.amount_fen) for tariff in known_tariffs(counter)
    ] == [
        ("焊工", "5", Decimal(90), 1),
        ("焊工", "5", Decimal(80), 150_000),
        ("电工", None, None, 60_000),
        ("钳工", "4", None, 1),
    ]
    assert known_tariffs(counter)[1] == Tariff("焊工", "5", Decimal(80), 150_000, date(2020, 7, 1), "新文号")


def test_a_catalogue_names_its_document(counter: Counter) -> None:
    with pytest.raises(PxtuiError, match="写明补贴目录的文件名称和文号"):
        take_list(counter, TariffRow("焊工", "5", None, 1), document=" ")
    assert known_tariffs(counter) == []
