"""A class that ends with the epidemic: its enterprise is told on what clause, and every list names the paper."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import col, select

from db.models import PaperIssued
from pxtui.casework.calendar import lifting_correction
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.register import Register
from pxtui.casework.printed import delivery, filing, issue_rules, issuing, opening, reception
from pxtui.casework.printed.asking import Asking
from pxtui.casework.printed.issuing import Wish
from pxtui.errors import PxtuiError
from pxtui.papers.writing.letter import Facts
from pxtui.papers.writing.wording import words_of
from tests.casework.calendar.test_lifting import DOCUMENT, LIFTED, announce, opened, sign
from tests.support.counter import Counter

LATER, RUNNING, OVER = date(2020, 3, 26), date(2020, 3, 20), date(2020, 3, 16)


@pytest.fixture
def counter(register: Register) -> Counter:
    made = Counter(register)
    made.hire_colleagues()
    return made


def lifted(counter: Counter, starts_on: date, lifted_on: date = LIFTED) -> str:
    """A class that was approved before the epidemic ended; its number."""
    number = opened(counter, starts_on, 0)
    announce(counter, day=lifted_on)
    sign(counter, "赵六", lifted_on)
    return number


def notice(counter: Counter, number: str) -> Facts:
    with counter.register.reading(counter.acting) as context:
        return opening.change_notice(Asking(context, find(context, number))).facts


def issue_due(counter: Counter, number: str, folder: Path) -> set[str]:
    """The forms that Ctrl+A issues."""
    with counter.register.writing(counter.acting) as context:
        before = set(context.session.exec(select(PaperIssued.id)).all())
        issuing.issue_due(context, number, folder)
        papers = context.session.exec(select(PaperIssued).where(col(PaperIssued.id).not_in(before)))
        return {paper.form for paper in papers}


def test_its_enterprise_is_told_with_clause_way_out_and_redress(counter: Counter, tmp_path: Path) -> None:
    number = lifted(counter, LATER)
    assert counter.stage(number) is Stage.TERMINATED
    forms = issue_due(counter, number, tmp_path)
    assert {"change-notice", "delivery-receipt", "volume-cover"} <= forms
    facts = notice(counter, number)
    told = {key: facts.values[key] for key in ("ended_day", "lifted_day", "changes_count", "end_reason")}
    assert told == {
        "ended_day": LIFTED,
        "lifted_day": LIFTED,
        "changes_count": None,
        "end_reason": f"{DOCUMENT}：2020年3月25日解除",
    }
    (line,) = facts.tables["changes"]
    assert (line["item"], line["before"], line["after"]) == ("办理状态", "培训中", "解除后终止")
    words = words_of("change-notice")
    assert "三：疫情于" in words.label("basis")
    assert "改办线下培训" in words.label("way_out")
    assert "行政复议" in words.label("redress")


def test_its_volume_is_kept_as_long_as_one_without_payments(counter: Counter) -> None:
    number = lifted(counter, LATER)
    with counter.register.reading(counter.acting) as context:
        values = filing.volume_cover(Asking(context, find(context, number))).facts.values
    assert values["retention"] == "10年"


def test_every_list_names_it_by_its_own_title(counter: Counter, tmp_path: Path) -> None:
    number = lifted(counter, LATER)
    issue_due(counter, number, tmp_path)
    with counter.register.reading(counter.acting) as context:
        asking = Asking(context, find(context, number))
        contents = filing.volume_cover(asking).facts.tables["documents"]
        handed = reception.hand_over_list(asking).facts.tables["materials"]
        delivered = delivery.delivery_receipt(asking).facts.tables["letters"]
        file_names = [paper.file_name for paper in context.session.exec(select(PaperIssued))]
    for lines, key in ((contents, "name"), (handed, "material"), (delivered, "name")):
        names = [str(line.get(key)) for line in lines]
        assert any("开班终止通知书" in name for name in names)
        assert not any("开班变更" in name for name in names)
    assert any("开班终止通知书0001" in name for name in file_names)


def test_an_office_s_wording_without_a_way_out_ends_no_class(counter: Counter, tmp_path: Path) -> None:
    number = lifted(counter, LATER)
    wording = counter.register.home.wording / "change-notice.toml"
    wording.parent.mkdir(parents=True, exist_ok=True)
    for key in ("redress", "basis"):
        wording.write_text(f'[labels]\n{key} = ""\n', encoding="utf-8")
        with pytest.raises(PxtuiError, match=f"“{key}”"), counter.register.writing(counter.acting) as context:
            issuing.issue(context, number, ["change-notice"], tmp_path, Wish())


def test_a_class_that_goes_on_until_the_day_is_told_where_its_hours_end(counter: Counter) -> None:
    number = lifted(counter, RUNNING)
    (line,) = notice(counter, number).tables["changes"]
    assert (line["day"], line["item"], line["before"]) == (LIFTED, "结束日期", "2020年4月2日")
    assert line["after"] == "疫情已解除，培训至2020年3月25日为止，之后的学时不计"
    with counter.register.reading(counter.acting) as context:
        asking = Asking(context, find(context, number))
        assert issue_rules.is_at_due_stage(asking, "change-notice")
        assert not issue_rules.why_not(asking, "change-notice")


def test_a_class_that_was_over_by_then_is_told_nothing(counter: Counter) -> None:
    number = lifted(counter, OVER, date(2020, 3, 29))
    with counter.register.reading(counter.acting) as context:
        why_not = issue_rules.why_not(Asking(context, find(context, number)), "change-notice")
    assert why_not == "开班批准后没有变更，申请也没有撤回"


def test_who_was_told_of_the_end_by_mistake_is_told_that_the_class_goes_on(counter: Counter, tmp_path: Path) -> None:
    number = lifted(counter, LATER)
    issue_due(counter, number, tmp_path)
    counter.clerk, counter.day = "张三", date(2020, 3, 27)
    with counter.register.writing(counter.acting) as context:
        lifting_correction.announce(context, date(2020, 3, 26), DOCUMENT, "日期看错")
    with counter.register.writing(replace(counter.acting, name="赵六")) as context:
        lifting_correction.sign(context)
    assert counter.stage(number) is Stage.OPENED
    assert "change-notice" in issue_due(counter, number, tmp_path)
    facts = notice(counter, number)
    assert facts.values["ended_day"] is None
    line = facts.tables["changes"][-1]
    assert (line["before"], line["after"]) == ("解除后终止", "培训中，原终止通知书作废")
    with counter.register.reading(counter.acting) as context:
        contents = filing.volume_cover(Asking(context, find(context, number))).facts.tables["documents"]
    names = [str(line.get("name")) for line in contents]
    told = [name for name in names if name.startswith(("开班终止", "开班变更"))]
    assert told == ["开班终止通知书（已替换）", "开班变更通知书"]


def test_who_was_never_told_of_the_end_is_not_told_that_a_notice_of_it_is_void(counter: Counter) -> None:
    number = lifted(counter, LATER)
    counter.clerk, counter.day = "张三", date(2020, 3, 27)
    with counter.register.writing(counter.acting) as context:
        lifting_correction.announce(context, date(2020, 3, 26), DOCUMENT, "日期看错")
    with counter.register.writing(replace(counter.acting, name="赵六")) as context:
        lifting_correction.sign(context)
    assert counter.stage(number) is Stage.OPENED
    assert not [line for line in notice(counter, number).tables["changes"] if line["item"] == "办理状态"]


def test_a_case_that_its_applicant_withdrew_is_ended_without_an_adverse_decision(
    counter: Counter, tmp_path: Path
) -> None:
    number = opened(counter, LATER, 0)
    counter.do(number, Action.WITHDRAW, opinion="企业停产")
    facts = notice(counter, number)
    assert (facts.values["lifted_day"], facts.values["end_reason"]) == (None, "企业停产")
    issue_due(counter, number, tmp_path)
