"""Where duties are apart, a change of a class waits until another person who may approve lets it come into force."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import col, select

from db.models import Act, JournalEntry, ProposedChange
from pxtui.casework.decision import class_changes
from pxtui.casework.decision.class_changes import ClassChange, Proposal
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import journal
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.people import past_trainings
from pxtui.casework.roster import edits as roster_edits
from pxtui.errors import PxtuiError
from pxtui.policy.facts import ApplicationKind, Delivery, Level, PastTraining
from tests.support.counter import Counter
from tests.support.rosters import made_up_people

LONGER = ClassChange(ends_on=date(2020, 4, 9))
REASON = "企业申请"


@pytest.fixture
def counter(register: Register) -> Counter:
    """A counter with a clerk, a reviewer, a head and an administrator."""
    made = Counter(register)
    made.hire_colleagues()
    return made


@pytest.fixture
def number(counter: Counter) -> str:
    """An approved class of three people, 20 March to 2 April; since then duties are apart."""
    filed = counter.file()
    counter.do(filed, Action.SUBMIT, Action.APPROVE)
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, duties_apart=True)
    return filed


def propose(
    counter: Counter, number: str, wanted: ClassChange = LONGER, by: str = "张三", reason: str = REASON
) -> bool:
    with counter.register.writing(replace(counter.acting, name=by)) as context:
        return class_changes.change(context, number, wanted, reason)


def approve(counter: Counter, number: str, by: str = "王五", opinion: str = "") -> None:
    with counter.register.writing(replace(counter.acting, name=by)) as context:
        class_changes.approve(context, number, opinion)


def drop(counter: Counter, number: str, reason: str = "企业改了主意") -> None:
    with counter.register.writing(counter.acting) as context:
        class_changes.drop(context, number, reason)


def waiting(counter: Counter, number: str) -> Proposal | None:
    with counter.register.reading(counter.acting) as context:
        return class_changes.proposal(context, number)


def as_it_is(counter: Counter, number: str) -> tuple[date, set[int]]:
    with counter.register.reading(counter.acting) as context:
        case = find(context, number)
        return case.ends_on, set(roster_edits.approved_seqs(context, case, ApplicationKind.OPENING))


def train_elsewhere(counter: Counter, days: tuple[date, date]) -> None:
    """It turns out that the first of the people learns the same elsewhere."""
    elsewhere = PastTraining(
        made_up_people(1)[0].id_number, "电工", Level.FIVE, *days, Delivery.OFFLINE, subsidised=True, paid=True
    )
    with counter.register.writing(counter.acting) as context:
        past_trainings.insert_missing(context, [elsewhere], source="补录")


def test_a_proposal_tells_every_item_and_changes_nothing_yet(counter: Counter, number: str) -> None:
    first, second, third = made_up_people(3)
    (new,) = made_up_people(1, 50)
    wanted = ClassChange(
        starts_on=date(2020, 3, 23),
        ends_on=date(2020, 4, 9),
        platform="四川省职业网络培训学院",
        joining=(new, replace(third, name="欧阳明")),
        leaving=frozenset({2, 3}),
    )
    assert propose(counter, number, wanted, reason=f" {REASON} ") is False
    found = waiting(counter, number)
    assert found is not None
    assert found.sentence == (
        "2020-03-16 张三提出变更，等待批准：开班日期由2020-03-20改为2020-03-23；结束日期由2020-04-02改为2020-04-09；"
        f"线上平台由无改为四川省职业网络培训学院；第2号{second.name}退出；"
        f"{new.name}（{new.id_number[:6]}********{new.id_number[-4:]}）加入；第3号{third.name}更正为欧阳明（企业申请）。"
    )
    with counter.register.reading(counter.acting) as context:
        assert class_changes.as_it_is(context, number, counter.day).proposal == found
        entry = context.session.exec(
            select(JournalEntry).where(col(JournalEntry.action) == Act.CASE_CHANGE_PROPOSE)
        ).one()
        assert entry.summary == "提出变更开班（企业申请）"
        assert journal.values(context, entry)[1] == {"changes": list(found.changes)}
    assert as_it_is(counter, number) == (date(2020, 4, 2), {1, 2, 3})
    assert first.name not in found.sentence


def test_it_is_in_force_when_the_head_approves_it(counter: Counter, number: str) -> None:
    propose(counter, number, replace(LONGER, leaving=frozenset({2})))
    counter.day = date(2020, 3, 17)
    approve(counter, number)
    assert as_it_is(counter, number) == (date(2020, 4, 9), {1, 3})
    assert waiting(counter, number) is None
    with counter.register.reading(counter.acting) as context:
        row = context.session.exec(select(ProposedChange)).one()
        assert (row.in_force, row.decided_on, row.decided_by) == (True, date(2020, 3, 17), "王五")
    with pytest.raises(PxtuiError, match="没有等待批准的变更"):
        approve(counter, number)


def test_where_duties_are_not_apart_a_change_is_in_force_at_once(counter: Counter) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    assert propose(counter, number) is True
    assert (as_it_is(counter, number)[0], waiting(counter, number)) == (date(2020, 4, 9), None)


def test_it_is_approved_by_a_head_who_did_not_propose_it(counter: Counter, number: str) -> None:
    propose(counter, number, by="王五")
    with pytest.raises(PxtuiError, match="变更的批准由负责人办理"):
        approve(counter, number, by="李四")
    with pytest.raises(PxtuiError, match="此项变更由王五提出，须由另一人批准"):
        approve(counter, number, by="王五")
    assert as_it_is(counter, number)[0] == date(2020, 4, 2)


def test_only_one_change_waits_until_it_is_dropped(counter: Counter, number: str) -> None:
    propose(counter, number)
    with pytest.raises(PxtuiError, match="张三于2020-03-16提出的变更还没有批准，请先批准或撤销"):
        propose(counter, number, ClassChange(leaving=frozenset({1})))
    with pytest.raises(PxtuiError, match="撤销变更须写明理由"):
        drop(counter, number, " ")
    drop(counter, number, " 企业改了主意 ")
    assert waiting(counter, number) is None
    with pytest.raises(PxtuiError, match="没有等待批准的变更"):
        drop(counter, number)
    propose(counter, number, ClassChange(leaving=frozenset({1})))
    with counter.register.reading(counter.acting) as context:
        entry = context.session.exec(select(JournalEntry).where(col(JournalEntry.action) == Act.CASE_CHANGE_DROP)).one()
        assert entry.summary == "撤销张三提出的变更（企业改了主意）"
        assert [row.in_force for row in context.session.exec(select(ProposedChange))] == [False, False]


def test_what_changes_nothing_is_not_proposed(counter: Counter, number: str) -> None:
    with pytest.raises(PxtuiError, match="没有要变更的内容"):
        propose(counter, number, ClassChange(ends_on=date(2020, 4, 2), platform=""))
    assert waiting(counter, number) is None


def test_what_turns_up_against_it_is_seen_and_keeps_it_from_coming_into_force(counter: Counter, number: str) -> None:
    propose(counter, number)
    train_elsewhere(counter, (date(2020, 4, 6), date(2020, 4, 8)))
    found = waiting(counter, number)
    assert found is not None
    assert (found.changes, found.reason) == ((), REASON)
    (sentence,) = found.points
    assert sentence.startswith("变更后审查不符（共1项），没有变更：第1号：")
    with pytest.raises(PxtuiError, match="变更后审查不符"):
        approve(counter, number)
    drop(counter, number)


def test_what_stands_against_it_from_the_beginning_is_not_proposed(counter: Counter, number: str) -> None:
    train_elsewhere(counter, (date(2020, 4, 6), date(2020, 4, 8)))
    with pytest.raises(PxtuiError, match="变更后审查不符"):
        propose(counter, number)
    assert waiting(counter, number) is None


def test_nobody_s_password_waits_with_the_proposal(counter: Counter, number: str) -> None:
    (new,) = made_up_people(1, 50)
    propose(counter, number, ClassChange(joining=(replace(new, password="Mima50"),)))
    with counter.register.reading(counter.acting) as context:
        text = context.session.exec(select(ProposedChange)).one().unseal(context.vault, "wanted")
    assert new.id_number in text
    assert "Mima50" not in text


def test_a_damaged_proposal_says_so_and_can_be_dropped(counter: Counter, number: str) -> None:
    propose(counter, number)
    with counter.register.writing(counter.acting) as context:
        row = context.session.exec(select(ProposedChange)).one()
        row.seal(context.vault, wanted="{")
        context.session.add(row)
    for ask in (waiting, approve):
        with pytest.raises(PxtuiError, match="这项变更的底稿已损坏，请撤销后重新提出"):
            ask(counter, number)
    drop(counter, number)
    assert waiting(counter, number) is None


def test_a_class_that_is_not_running_has_no_proposal(counter: Counter, number: str) -> None:
    propose(counter, number)
    counter.day = date(2020, 4, 3)
    with pytest.raises(PxtuiError, match="已于2020-04-02结束，不能再变更"):
        approve(counter, number)
    counter.do(number, Action.WITHDRAW, opinion="不办了")
    assert waiting(counter, number) is None
