"""A case filed by mistake is voided by whoever filed it, as long as nobody was told anything about it."""

from dataclasses import replace
from pathlib import Path

import pytest

from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.decision import voiding
from pxtui.casework.desk import queues, waiting_order
from pxtui.casework.desk.search import search
from pxtui.casework.lifecycle import moving
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filed_twice
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.printed import issuing
from pxtui.casework.roster import edits as roster_edits
from pxtui.errors import PxtuiError
from pxtui.policy.bundle import read_bundle
from pxtui.policy.facts import Application
from pxtui.policy.parameters import shipped_rulebook
from tests.support.counter import Counter

_CLAIM = Path(__file__).parents[2] / "data" / "claim.json"


@pytest.fixture
def counter(register: Register) -> Counter:
    made = Counter(register)
    made.hire_colleagues()
    return made


def void(counter: Counter, number: str, reason: str = "与纸质申请重复登记", by: str = "张三") -> None:
    with counter.register.writing(replace(counter.acting, name=by)) as context:
        voiding.void(context, number, reason)


def a_claim() -> Application:
    """A claim whose opening another office approved."""
    return read_bundle(_CLAIM.read_text(encoding="utf-8"), shipped_rulebook().latest)


def imported(counter: Counter) -> str:
    with counter.register.writing(counter.acting) as context:
        return opening_filing.import_bundle(context, replace(a_claim(), decided_on=counter.day))


@pytest.mark.parametrize("steps", [(), (Action.PRE_REVIEW,), (Action.PRE_REVIEW, Action.AWAIT_PAPER), (Action.SUBMIT,)])
def test_it_waits_for_nobody_and_is_still_found_with_its_reason(counter: Counter, steps: tuple[Action, ...]) -> None:
    number = counter.file()
    for step in steps:
        counter.do(number, step)
    void(counter, number)
    assert counter.stage(number) is Stage.VOIDED
    with counter.register.reading(counter.acting) as context:
        assert queues.queues(context) == []
        (found,) = search(context, "DQ-0001").cases
        assert found.stage_name == "已作废"
        assert moving.why_voided(context, find(context, number)) == (
            "此案由张三于2020-03-16作废，理由：与纸质申请重复登记。"
        )
        assert len(roster_edits.rows(context, number)) == 3


def test_it_stands_behind_everything_else_on_the_desk(counter: Counter) -> None:
    kept, mistaken = counter.file(), counter.file(occupation="电工")
    void(counter, mistaken)
    with counter.register.reading(counter.acting) as context:
        assert [case.number for case in waiting_order.by_waiting(context).cases] == [kept, mistaken]


def test_the_number_stays_used_and_the_class_may_be_filed_again_without_a_warning(counter: Counter) -> None:
    void(counter, counter.file())
    again = counter.file()
    assert again == "2020-DQ-0002"
    with counter.register.reading(counter.acting) as context:
        assert filed_twice.note_of(context, again) == ""


def test_its_vouchers_are_free_and_the_same_bundle_can_be_filed_again(counter: Counter) -> None:
    first = imported(counter)
    with counter.register.reading(counter.acting) as context:
        assert claim_filing.vouchers_of(context, first)
    void(counter, first, "导入错了部门的案件包")
    second = imported(counter)
    with counter.register.reading(counter.acting) as context:
        assert claim_filing.vouchers_of(context, first) == ()
        case = find(context, second)
        entered = claim_filing.vouchers(context, case)
        assert entered
        assert claim_filing.used_elsewhere(context, case, entered) == ((), ())


def test_only_who_filed_it_voids_it_and_the_others_are_told_what_to_do(counter: Counter) -> None:
    number = counter.file()
    with pytest.raises(PxtuiError, match="由张三登记，只能由登记人作废；登记人不在的，请办理撤回"):
        void(counter, number, by="李四")
    assert counter.stage(number) is Stage.DRAFT


def test_a_reason_is_wanted(counter: Counter) -> None:
    with pytest.raises(PxtuiError, match="作废须写明理由"):
        void(counter, counter.file(), " ")


def test_what_a_paper_with_a_number_was_issued_for_is_withdrawn_instead(counter: Counter, tmp_path: Path) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT)
    with counter.register.writing(counter.acting) as context:
        issuing.issue(context, number, ["material-receipt"], tmp_path)
    with pytest.raises(PxtuiError, match=r"已出具.*号，不能作废；请办理撤回"):
        void(counter, number)


def test_an_applicants_form_without_a_number_does_not_keep_it(counter: Counter, tmp_path: Path) -> None:
    number = counter.file()
    with counter.register.writing(counter.acting) as context:
        issuing.issue(context, number, ["attachment-1"], tmp_path)
    void(counter, number)
    assert counter.stage(number) is Stage.VOIDED


def test_what_was_returned_and_handed_in_again_is_no_mistake_any_more(counter: Counter) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.RETURN, opinion="缺营业执照")
    with pytest.raises(PxtuiError, match="不能作废；现在可以：提交审查（submit）、撤回"):
        void(counter, number)
    counter.do(number, Action.SUBMIT)
    with pytest.raises(PxtuiError, match="曾到“开班退回补正”，不能作废；请办理撤回"):
        void(counter, number)


def test_a_claim_for_a_class_that_was_approved_here_is_withdrawn_instead(counter: Counter) -> None:
    number = counter.claimed()
    with pytest.raises(PxtuiError, match="曾到“培训中”，不能作废"):
        void(counter, number)


@pytest.mark.parametrize("steps", [(Action.SUBMIT, Action.APPROVE), (Action.SUBMIT, Action.ACCEPT)])
def test_what_was_decided_or_accepted_cannot_be_voided(counter: Counter, steps: tuple[Action, ...]) -> None:
    number = counter.file()
    counter.do(number, *steps)
    with pytest.raises(PxtuiError, match=r"不能作废；现在可以：.*撤回"):
        void(counter, number)


def test_nothing_is_issued_for_it_and_no_ledger_counts_it(counter: Counter, tmp_path: Path) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT)
    void(counter, number)
    with counter.register.reading(counter.acting) as context:
        assert {offer.why_not for offer in issuing.offers(context, number)} == {"案件已作废"}
    with (
        counter.register.writing(counter.acting) as context,
        pytest.raises(PxtuiError, match=r"不能出具.*案件已作废"),
    ):
        issuing.issue(context, number, ["material-receipt"], tmp_path)


def test_whoever_may_not_void_a_case_is_told_before_a_reason_is_asked_for(counter: Counter) -> None:
    number = counter.file()
    with counter.register.reading(counter.acting) as context:
        voiding.require_voidable(context, number)
    with (
        counter.register.reading(replace(counter.acting, name="李四")) as context,
        pytest.raises(PxtuiError, match=f"{number}由张三登记，只能由登记人作废"),
    ):
        voiding.require_voidable(context, number)
