"""A decision stays what it was: judged again from its own facts and parameters it comes out the same."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import col, select

from db.models import Case, Decision, Enrolment, FrozenRules, JournalEntry, UsedVoucher, Voucher
from pxtui.casework.check import frozen as check_frozen
from pxtui.casework.check.frozen import Verdict
from pxtui.casework.decision import class_changes
from pxtui.casework.decision import replay as decision_replay
from pxtui.casework.decision.class_changes import ClassChange
from pxtui.casework.decision.replay import Replay, RulesPreview
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.people import past_trainings
from pxtui.casework.practice import register as practice_register
from pxtui.casework.roster import edits as roster_edits
from pxtui.clock import CHINA
from pxtui.errors import PxtuiError
from pxtui.policy.facts import Delivery, Level, PastTraining, Route
from pxtui.policy.judgement import Finding, Judgement
from pxtui.policy.parameters import rulebook, shipped_rulebook, shipped_texts, with_file
from pxtui.policy.rules.rule import Severity
from tests.conftest import ACTING, NOW
from tests.support.counter import FEE_FEN, Counter
from tests.support.pay_desk import PayDesk
from tests.support.practice import practice_home
from tests.support.rosters import made_up_people

FORMER_CAP, LOWER_CAP = 60_000, 50_000
RULES = shipped_rulebook()


@pytest.fixture
def counter(register: Register) -> PayDesk:
    return PayDesk(register)


def with_cap(yuan: int, effective_from: str = "2020-02-20") -> str:
    """The parameter file with another cap, from another day on."""
    (text,) = shipped_texts().values()
    text = re.sub(r"cap_per_person_yuan = .*", f'cap_per_person_yuan = "{yuan}"', text)
    return re.sub(r"effective_from = .*", f"effective_from = {effective_from}", text)


def replay(counter: Counter, text: str = "") -> Replay:
    with counter.register.reading(counter.acting) as context:
        return decision_replay.replay(context, "notice_new.toml" if text else "", text)


def preview(counter: Counter, text: str) -> RulesPreview:
    with counter.register.reading(counter.acting) as context:
        return decision_replay.preview(context, "notice_new.toml", text)


@pytest.mark.slow
def test_the_practice_register_comes_out_the_same(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    register = open_register(practice_home(tmp_path / "practice", tmp_path_factory), NOW)
    with register.reading(ACTING) as context:
        found = decision_replay.replay(context)
        last = max(entry.at for entry in context.session.exec(select(JournalEntry)) if entry.case_id is not None)
    register.close()
    assert found.decisions > 40
    assert found.differences == ()
    assert last.astimezone(CHINA).date() <= practice_register.PRACTICE_DAY


@pytest.mark.slow
def test_another_cap_changes_exactly_the_grants_above_it(register: Register) -> None:
    with register.writing(ACTING) as context:
        practice_register.file_cases(context)
    with register.reading(ACTING) as context:
        found = decision_replay.replay(context, "notice_new.toml", with_cap(500))
        granted = context.session.exec(select(Case).where(col(Case.stage) == Stage.CLAIM_APPROVED)).all()
        heads = {case.number: case.approved_heads or 0 for case in granted}
        per_head = {case.number: (case.approved_total_fen or 0) / heads[case.number] for case in granted}
    # Every grant above the lower cap stood at the former one: no fee lies between them.
    assert {fen for fen in per_head.values() if fen > LOWER_CAP} == {FORMER_CAP}
    expected = {
        number: (f"补贴由{FORMER_CAP * heads[number] // 100}.00元变为{LOWER_CAP * heads[number] // 100}.00元",)
        for number, fen in per_head.items()
        if fen > LOWER_CAP
    }
    changed = {
        difference.number: difference.changes for difference in found.differences if difference.what.endswith("同意")
    }
    assert len(expected) > 3
    assert changed == expected


def test_what_is_corrected_later_changes_no_past_decision(counter: PayDesk) -> None:
    people = made_up_people(2)
    number = counter.file(people)
    counter.granted(number)
    elsewhere = PastTraining(
        people[0].id_number, "焊工", Level.FIVE, date(2020, 3, 1), date(2020, 3, 25), Delivery.OFFLINE, True, True
    )
    with counter.register.writing(counter.acting) as context:
        past_trainings.insert_missing(context, [elsewhere], source="补录")
        case = find(context, number)
        case.size, case.applicant_name = "large", "攀枝花市恒力重工有限公司"
        vouchers = context.session.exec(select(Voucher)).all()
        assert vouchers
        context.session.add_all(
            [
                case,
                *(UsedVoucher(number=voucher.number, number_key=voucher.number_key) for voucher in vouchers),
            ]
        )
    assert replay(counter) == Replay(2, ())


def test_a_register_that_was_tampered_with_is_told(counter: PayDesk) -> None:
    number = counter.file(made_up_people(2))
    counter.granted(number)
    with counter.register.writing(counter.acting) as context:
        case = find(context, number)
        case.approved_total_fen = 3 * FEE_FEN
        row = context.session.exec(select(Enrolment).where(col(Enrolment.application) == "claim")).first()
        assert row is not None
        row.approved = False
        context.session.add_all([case, row])
    (found,) = replay(counter).differences
    assert found.changes == ("批准2人，台账现为1人", "台账中的核定金额与审批时不一致")


def test_approved_heads_that_are_not_those_of_the_decision_are_told(counter: PayDesk) -> None:
    number = counter.file(made_up_people(2))
    counter.granted(number)
    with counter.register.writing(counter.acting) as context:
        case = find(context, number)
        case.approved_heads = 7
        context.session.add(case)
    (found,) = replay(counter).differences
    assert found.changes == ("核定2人，台账现为7人",)


def test_a_damaged_decision_is_told_and_the_others_are_still_judged(counter: PayDesk) -> None:
    counter.granted(counter.file(made_up_people(2)))
    with counter.register.writing(counter.acting) as context:
        first, second = context.session.exec(select(Decision).order_by(col(Decision.id))).all()
        first.facts = first.facts[:-1]
        second.seal(context.vault, outcome='{"office": "dongqu"}')
        second.action = "approved"
        context.session.add_all([first, second])
    found = replay(counter)
    assert found.decisions == 2
    assert [difference.changes[0][:14] for difference in found.differences] == [
        "台账中有一项加密内容打不开，",
        "这项决定的底稿已损坏，不能复",
    ]


def test_parameters_that_were_altered_afterwards_are_told(counter: PayDesk) -> None:
    counter.granted(counter.file(made_up_people(2)))
    with counter.register.writing(counter.acting) as context:
        rules = context.session.exec(select(FrozenRules)).one()
        rules.texts = rules.texts.replace("claim_within_years = 1", "claim_within_years = 9")
        context.session.add(rules)
    found = replay(counter)
    assert len(found.differences) == found.decisions == 2
    assert found.differences[0].changes == ("决定时的政策参数已被改动或缺失，不能复核，请联系管理员核对备份。",)


def test_people_who_join_after_the_approval_are_no_difference(counter: PayDesk) -> None:
    number = counter.file(made_up_people(2))
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    joining = ClassChange(joining=made_up_people(1, first=5))
    with counter.register.writing(counter.acting) as context:
        class_changes.change(context, number, joining, "新员工参加")
    assert replay(counter) == Replay(2, ())


def test_newer_rules_are_tried_on_open_cases_and_change_nothing(counter: PayDesk) -> None:
    open_claim, done = counter.file(made_up_people(2)), counter.file(made_up_people(2, 5))
    counter.granted(done)
    counter.day = date(2020, 3, 16)
    counter.do(open_claim, Action.SUBMIT, Action.APPROVE)
    counter.day = date(2020, 4, 3)
    counter.do(open_claim, Action.CLAIM)
    counter.enter_claim(open_claim)
    found = preview(counter, with_cap(400))
    assert [(difference.number, difference.changes) for difference in found.differences] == [
        (open_claim, ("补贴由1000.00元变为800.00元",))
    ]
    assert counter.stage(open_claim) is Stage.CLAIM_DRAFT
    assert preview(counter, with_cap(400, "2020-07-01")).differences == ()
    assert preview(counter, with_cap(400, "2020-07-01")).effective_from == date(2020, 7, 1)


def test_newer_rules_named_like_the_present_ones_stand_beside_them(counter: PayDesk) -> None:
    counter.file(made_up_people(2))
    (name,) = shipped_texts()
    both = rulebook(with_file(shipped_texts(), name, with_cap(400, "2020-07-01")))
    assert [notice.cap_per_person_fen for notice in both.notices] == [FORMER_CAP, 40_000]


def test_a_hint_that_comes_or_goes_is_a_difference() -> None:
    hint = Finding("class.some", Severity.WARN, None, None, "三", "请核对。")
    judged = Judgement("dongqu", None, Route.SME_PAID, (hint,), (1,), None)
    before, now = Verdict.of(judged), Verdict.of(replace(judged, findings=(replace(hint, severity=Severity.BLOCK),)))
    assert before.changes_to(before, RULES) == ()
    assert before.changes_to(now, RULES) == ("不再有：class.some（提示）", "新有：class.some")


def test_a_long_list_of_rows_is_cut_short() -> None:
    judged = Judgement("dongqu", None, Route.SME_PAID, (), tuple(range(1, 41)), None)
    (told,) = Verdict.of(judged).changes_to(Verdict.of(replace(judged, eligible=())), RULES)
    assert told == "符合人数由40人变为0人（第1、2、3、4、5、6、7、8号等40人）"


def test_a_file_that_is_no_parameter_file_is_refused(counter: PayDesk) -> None:
    with pytest.raises(PxtuiError, match=r"notice_new\.toml 缺'subsidy'一项"):
        preview(counter, "cap = 1")


def test_what_has_changed_since_the_last_step_is_told(counter: PayDesk) -> None:
    number = counter.file(made_up_people(3))
    counter.do(number, Action.SUBMIT)
    with counter.register.reading(counter.acting) as context:
        assert check_frozen.since_last(context, number) == ()
    counter.do(number, Action.RETURN, opinion="请补齐")
    people = made_up_people(4)[1:]
    with counter.register.writing(counter.acting) as context:
        roster_edits.replace_all(context, number, roster_edits.renumbered(people))
    with counter.register.reading(counter.acting) as context:
        (told,) = check_frozen.since_last(context, number)
    assert told == "自2020-03-16 退回补正以来：名单新增1人；名单退出1人。"


def test_what_the_check_finds_since_the_last_step_is_told_by_place(counter: PayDesk) -> None:
    number = counter.file(made_up_people(3))
    counter.do(number, Action.SUBMIT)
    counter.do(number, Action.RETURN, opinion="请补齐")
    first, second, third = made_up_people(3)
    with counter.register.writing(counter.acting) as context:
        roster_edits.replace_all(context, number, [first, replace(second, id_number="510401"), third])
        case = find(context, number)
        case.opening_materials = case.opening_materials[1:]
        context.session.add(case)
    with counter.register.reading(counter.acting) as context:
        (told,) = check_frozen.since_last(context, number)
    assert told == (
        "自2020-03-16 退回补正以来：材料有改动；名单新增1人；名单退出1人；"
        "符合人数由3人变为2人（第2号）；审查新增：本件1项，第2号。"
    )


def test_a_damaged_decision_keeps_nobody_from_the_next_one(counter: PayDesk) -> None:
    number = counter.file(made_up_people(2))
    counter.do(number, Action.SUBMIT)
    counter.do(number, Action.RETURN, opinion="请补齐")
    with counter.register.writing(counter.acting) as context:
        decision = context.session.exec(select(Decision)).one()
        decision.facts = decision.facts[:-1]
        context.session.add(decision)
    with counter.register.reading(counter.acting) as context:
        (told,) = check_frozen.since_last(context, number)
    assert told.startswith("台账中有一项加密内容打不开")
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion="已核对补齐的材料")
    assert counter.stage(number) is Stage.OPENED
