"""People of open cases are compared with lists from elsewhere; what is found is for a person to decide."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from db.models import ListKind
from pxtui.casework.check import eligibility, standing
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.register import Register
from pxtui.casework.outside_lists import deciding, importing
from pxtui.casework.roster import edits as roster_edits
from pxtui.errors import PxtuiError
from pxtui.policy.facts import Trainees
from tests.support.counter import ANSWER, Counter
from tests.support.filings import a_filing
from tests.support.outside_lists import UNTIL, compared, imported, written
from tests.support.rosters import made_up_people

HONEST, HIT = made_up_people(2)
"""The first stands in no list that matters, the second in every one."""
OWN = a_filing().applicant
MARCH = date(2020, 3, 5)
NO_HIT, FOUND = "无命中", "命中"


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


@pytest.mark.parametrize(
    ("kind", "lines", "expected"),
    [
        (
            ListKind.PENSIONERS,
            ["身份证号,待遇开始日期", f"{HIT.id_number},2019-05-01"],
            "第2行，2019-05-01起领取",
        ),
        (ListKind.PENSIONERS, ["身份证号,待遇开始日期", f"{HIT.id_number},2020-04-03"], ""),
        (ListKind.PENSIONERS, ["身份证号", f"{HIT.id_number[:6]}{HIT.id_number[8:17]}"], "第2行"),
        (ListKind.PENSIONERS, [HIT.id_number], "第1行"),
        (ListKind.DEATHS, ["公民身份号码\t死亡日期", f"{HIT.id_number}\t2020年2月"], "第2行，2020-02-01死亡或注销"),
        (ListKind.PAYROLL, ["姓名,证件号码,工作单位", f"李四,{HIT.id_number},市第三中学"], "第2行，市第三中学"),
        (ListKind.SCHOOLS, ["身份证号,学校", f"{HIT.id_number},攀枝花学院"], "第2行，攀枝花学院"),
    ],
)
def test_who_stands_in_a_list_is_told_with_his_line(
    counter: Counter, tmp_path: Path, kind: ListKind, lines: list[str], expected: str
) -> None:
    number = counter.file([HONEST, HIT])
    taken = imported(counter, kind, written(tmp_path, lines))
    found = compared(counter, number)
    assert [(hit.seq, hit.said.sentence) for hit in found.hits] == ([(HIT.seq, expected)] if expected else [])
    assert (taken.cases, taken.people, taken.hits) == (1, 2, len(found.hits))
    assert NO_HIT in found.sentence(HONEST.seq)
    assert (NO_HIT if not expected else FOUND) in found.sentence(HIT.seq)


def test_an_employer_s_insured_are_looked_for_and_whoever_is_missing_stands_out(
    counter: Counter, tmp_path: Path
) -> None:
    absent, elsewhere, twice = made_up_people(3, first=2)
    number = counter.file([HONEST, absent, elsewhere, twice])
    lines = [
        "身份证号,统一社会信用代码,参保单位",
        f"{HONEST.id_number},{OWN.credit_code},{OWN.name}",
        f"{elsewhere.id_number},,攀枝花市别家机械有限公司",
        f"{twice.id_number},,攀枝花市别家机械有限公司",
        f"{twice.id_number},,{OWN.name}",
    ]
    imported(counter, ListKind.INSURANCE, written(tmp_path, lines), month=MARCH)
    assert [(hit.seq, hit.said.sentence) for hit in compared(counter, number).hits] == [
        (absent.seq, "名单里没有此人参保"),
        (elsewhere.seq, "第3行，参保单位是攀枝花市别家机械有限公司，不是申请单位"),
    ]


def test_insurance_of_another_month_says_nothing_of_a_class(counter: Counter, tmp_path: Path) -> None:
    number = counter.file([HONEST, HIT])
    imported(counter, ListKind.INSURANCE, written(tmp_path, ["身份证号", HONEST.id_number]), month=date(2020, 2, 1))
    found = compared(counter, number)
    assert not found.hits
    assert "单位社保参保（没有培训月份的名单）" in found.sentence(HIT.seq)


def test_an_enterprise_that_was_struck_off_is_told_and_so_is_who_sells_the_training(
    counter: Counter, tmp_path: Path
) -> None:
    number = counter.file([HONEST])
    provider = a_filing().training.provider
    lines = ["企业名称,统一社会信用代码,注销日期", f"某公司,{OWN.credit_code},2020-03-02", f"{provider},,"]
    imported(counter, ListKind.STRUCK_OFF, written(tmp_path, lines))
    hits = compared(counter, number).hits
    assert [(hit.seq, hit.name) for hit in hits] == [(None, OWN.name), (None, provider)]
    assert "2020-03-02吊销或注销" in hits[0].finding.message


def test_what_was_never_imported_and_what_is_out_of_its_term_is_not_compared(counter: Counter, tmp_path: Path) -> None:
    number = counter.file([HONEST, HIT])
    before = compared(counter, number).sentence(HIT.seq)
    assert "已比对" not in before
    assert before == "未比对：养老待遇领取、死亡注销、财政供养、单位社保参保、在校学籍（没有导入名单）。"
    imported(counter, ListKind.PENSIONERS, written(tmp_path, [HIT.id_number]))
    assert compared(counter, number).hits
    counter.day = date(2020, 7, 1)
    later = compared(counter, number)
    assert not later.hits
    assert f"养老待遇领取（市社保局2020-03-01的名单{UNTIL}到期）" in later.sentence(HIT.seq)
    assert NO_HIT not in later.sentence(HIT.seq)


def test_a_line_that_cannot_be_read_is_told_and_stands_beside_no_hit(counter: Counter, tmp_path: Path) -> None:
    number = counter.file([HONEST, HIT])
    wrong = HIT.id_number[:17] + ("1" if HIT.id_number[17] != "1" else "2")
    file = written(
        tmp_path, ["身份证号", HONEST.id_number.replace("1970", "1950"), wrong, made_up_people(1, 9)[0].id_number]
    )
    prepared = importing.prepare(file, ListKind.DEATHS)
    assert (prepared.lines, prepared.unread) == (1, 2)
    assert [line.line for line in prepared.told] == [2, 3]
    assert "校验不对" in prepared.told[1].reason
    assert wrong not in prepared.told[1].reason
    imported(counter, ListKind.DEATHS, file)
    assert "无命中（另有2行读不出）" in compared(counter, number).sentence(HIT.seq)


def test_the_newest_list_of_a_source_counts_and_those_of_others_beside_it(counter: Counter, tmp_path: Path) -> None:
    number = counter.file([HONEST, HIT])
    imported(counter, ListKind.PENSIONERS, written(tmp_path, [HIT.id_number]))
    other = made_up_people(1, 9)[0].id_number
    imported(counter, ListKind.PENSIONERS, written(tmp_path, [other]), source="米易县社保局")
    assert len(compared(counter, number).hits) == 1
    imported(counter, ListKind.PENSIONERS, written(tmp_path, [other, other]), as_of=date(2020, 3, 12))
    assert not compared(counter, number).hits


def test_students_may_stand_in_a_school_register_and_need_no_employer(counter: Counter, tmp_path: Path) -> None:
    number = counter.file([HONEST, HIT])
    with counter.register.writing(counter.acting) as context:
        from pxtui.casework.lifecycle.cases import find

        find(context, number).trainees = Trainees.COLLEGE_STUDENTS.value
    imported(counter, ListKind.SCHOOLS, written(tmp_path, [HIT.id_number]))
    imported(counter, ListKind.INSURANCE, written(tmp_path, [HONEST.id_number]), month=MARCH)
    found = compared(counter, number)
    assert not found.hits
    assert "社保" not in found.sentence(HIT.seq)


def test_a_hit_refuses_nobody_and_waits_until_somebody_decides(counter: Counter, tmp_path: Path) -> None:
    number = counter.file([HONEST, HIT])
    imported(counter, ListKind.PENSIONERS, written(tmp_path, [HIT.id_number]))
    counter.do(number, Action.SUBMIT)
    with counter.register.reading(counter.acting) as context:
        shown = eligibility.overview(context, number)
        assert HIT.seq in shown.judgement.eligible
        assert eligibility.row_verdicts(context, number)[1].word == "注意"
        (point,) = [text for text in standing.standing(context, number).points if "养老" in text]
    assert point.startswith(f"第{HIT.seq}号：")
    with pytest.raises(PxtuiError, match="书面答复"):
        counter.do(number, Action.APPROVE)
    with counter.register.writing(counter.acting) as context:
        deciding.decide(context, number, ListKind.PENSIONERS, HIT.seq, stands=False, reason="同名误录，社保局已更正")
    with counter.register.reading(counter.acting) as context:
        assert not [text for text in standing.standing(context, number).points if "养老" in text]
        assert not eligibility.overview(context, number).lists.findings
    told = compared(counter, number).sentence(HIT.seq)
    assert "命中，2020-03-16 张三认定不影响：同名误录，社保局已更正" in told
    assert counter.do(number, Action.APPROVE, opinion=ANSWER) is Stage.OPENED


@pytest.mark.parametrize(
    ("seq", "reason", "sentence"),
    [(HIT.seq, " ", "怎样查实"), (HONEST.seq, "查过", "没有命中"), (None, "查过", "没有命中")],
)
def test_only_a_hit_is_decided_and_with_a_reason(
    counter: Counter, tmp_path: Path, seq: int | None, reason: str, sentence: str
) -> None:
    number = counter.file([HONEST, HIT])
    imported(counter, ListKind.DEATHS, written(tmp_path, [HIT.id_number]))
    with pytest.raises(PxtuiError, match=sentence), counter.register.writing(counter.acting) as context:
        deciding.decide(context, number, ListKind.DEATHS, seq, stands=True, reason=reason)


def test_what_was_decided_holds_for_the_next_list_unless_that_says_otherwise(counter: Counter, tmp_path: Path) -> None:
    number = counter.file([HONEST, HIT])
    imported(counter, ListKind.PAYROLL, written(tmp_path, ["身份证号,单位", f"{HIT.id_number},市第三中学"]))
    with counter.register.writing(counter.acting) as context:
        deciding.decide(context, number, ListKind.PAYROLL, HIT.seq, stands=False, reason="已离职")
    header = ["序号,身份证号,单位", f"1,{HIT.id_number},"]
    for school, waits in (("市第三中学", False), ("市第五中学", True)):
        lines = [header[0], header[1] + school]
        imported(counter, ListKind.PAYROLL, written(tmp_path, lines), as_of=date(2020, 3, 10 + waits))
        (hit,) = compared(counter, number).hits
        assert (hit.answer is None) is waits


def test_rows_keyed_after_an_import_are_compared_as_they_stand(counter: Counter, tmp_path: Path) -> None:
    number = counter.file([HONEST])
    imported(counter, ListKind.DEATHS, written(tmp_path, [HIT.id_number]))
    with counter.register.writing(counter.acting) as context:
        roster_edits.put_row(context, number, 1, replace(HIT, seq=2))
    with counter.register.reading(counter.acting) as context:
        assert eligibility.verdicts_near(context, number, 1, [HIT.id_number])[1].word == "注意"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"as_of": date(2020, 3, 17)}, "还没有到"),
        ({"until": date(2020, 3, 15)}, "已经过了"),
        ({"source": " "}, "由谁提供"),
        ({"month": MARCH}, "没有月份"),
    ],
)
def test_what_is_keyed_beside_a_list_must_be_possible(
    counter: Counter, tmp_path: Path, changed: dict[str, date], sentence: str
) -> None:
    with pytest.raises(PxtuiError, match=sentence):
        imported(counter, ListKind.DEATHS, written(tmp_path, [HIT.id_number]), **changed)  # type: ignore[arg-type]


def test_an_import_is_taken_back_in_one_step_and_may_come_again(counter: Counter, tmp_path: Path) -> None:
    number = counter.file([HONEST, HIT])
    file = written(tmp_path, [HIT.id_number])
    imported(counter, ListKind.DEATHS, file)
    with pytest.raises(PxtuiError, match="已由张三导入为死亡"):
        imported(counter, ListKind.DEATHS, file)
    with counter.register.writing(counter.acting) as context:
        assert "比对结果都已删去" in importing.withdraw(context, 1, "选错了文件")
    assert "已比对" not in compared(counter, number).sentence(HIT.seq)
    assert imported(counter, ListKind.DEATHS, file).hits == 1
    with pytest.raises(PxtuiError, match="已由张三"), counter.register.writing(counter.acting) as context:
        importing.withdraw(context, 1, "再撤一次")
