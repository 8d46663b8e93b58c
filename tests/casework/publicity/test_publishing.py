"""Claims are published together; the days are the notice's, and what is objected falls out alone (notice 四(二))."""

from dataclasses import replace
from datetime import date

import pytest

from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.desk import queues
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.printed import publicity as papers
from pxtui.casework.printed.asking import Asking
from pxtui.casework.publicity import batches as publicity_batches
from pxtui.casework.publicity import objections, publishing
from pxtui.casework.publicity.batches import Batch
from pxtui.errors import PxtuiError
from pxtui.policy.facts import Voucher
from tests.support.counter import FEE_FEN, PROOF
from tests.support.pay_desk import THE_BEGINNING, PayDesk
from tests.support.rosters import made_up_people

# Domain vectors: the day of publication, the last day, the first day of payment.
VECTORS = [
    ("2020-04-24", "2020-04-27", "2020-04-28"),
    ("2020-04-30", "2020-05-07", "2020-05-08"),
    ("2020-06-24", "2020-06-29", "2020-06-30"),
    ("2020-09-25", "2020-09-28", "2020-09-29"),
    ("2020-09-30", "2020-10-10", "2020-10-12"),
    ("2021-02-10", "2021-02-19", "2021-02-20"),
]


@pytest.fixture
def counter(register: Register) -> PayDesk:
    made = PayDesk(register)
    made.hire_colleagues()
    return made


def granted(counter: PayDesk) -> str:
    """A claim of two people that waits for its publication; its number."""
    counter.day = THE_BEGINNING
    number = counter.file(made_up_people(2, counter.people))
    counter.people += 2
    counter.granted(number)
    return number


def publish(counter: PayDesk, *numbers: str, on: date | None = None) -> Batch:
    with counter.register.writing(counter.acting) as context:
        batch = publishing.publish(context, numbers, on or counter.day)
        return publishing.note_page(context, batch.number, "https://example.org/gs", PROOF)


def clear(counter: PayDesk, batch: str) -> Batch:
    with counter.register.writing(counter.acting) as context:
        return publishing.clear(context, batch)


def objected(counter: PayDesk, number: str, by: str = "") -> None:
    acting = replace(counter.acting, name=by or counter.clerk)
    with counter.register.writing(acting) as context:
        objections.receive(context, number, "有人没有参加培训", objector="孙先生", contact="0812-3330001")


def decide(counter: PayDesk, number: str, *, upheld: bool, by: str = "") -> Stage:
    acting = replace(counter.acting, name=by or counter.clerk)
    with counter.register.writing(acting) as context:
        return objections.decide(context, number, "已向平台调取记录", upheld=upheld)


@pytest.mark.parametrize(("posted", "last", "payable"), VECTORS)
def test_the_days_are_those_of_the_notice(counter: PayDesk, posted: str, last: str, payable: str) -> None:
    number = granted(counter)
    counter.day = date.fromisoformat(posted)
    batch = publish(counter, number)
    assert [str(day) for day in (batch.published_on, batch.days.ends_on, batch.days.payable_from)] == [
        posted,
        last,
        payable,
    ]


def test_days_off_are_told_together(counter: PayDesk) -> None:
    number = granted(counter)
    counter.day = date(2020, 9, 30)
    assert publish(counter, number).calendar == (
        "09-30 周三 工作日，公示当日不计",
        "10-01 周四至10-08 周四 节假日、周末，不计",
        "10-09 周五 工作日，第1个工作日",
        "10-10 周六 调休上班，第2个工作日，公示期满",
        "10-11 周日 周末，不计",
        "10-12 周一 工作日，可以拨付",
    )


def test_every_day_says_whether_it_counts(counter: PayDesk) -> None:
    number = granted(counter)
    counter.day = date(2020, 4, 24)
    assert publish(counter, number).calendar == (
        "04-24 周五 工作日，公示当日不计",
        "04-25 周六 周末，不计",
        "04-26 周日 调休上班，第1个工作日",
        "04-27 周一 工作日，第2个工作日，公示期满",
        "04-28 周二 工作日，可以拨付",
    )


def test_claims_are_published_together_and_cleared_when_the_days_are_over(counter: PayDesk) -> None:
    both = [granted(counter), granted(counter)]
    counter.day = date(2020, 4, 24)
    batch = publish(counter, *both)
    assert (batch.number, batch.total_fen, len(batch.items)) == ("GS2020-DQ-001", 4 * FEE_FEN, 2)
    counter.day = date(2020, 4, 27)
    with pytest.raises(PxtuiError, match="2020-04-28起才能办理公示期满"):
        clear(counter, batch.number)
    counter.day = date(2020, 4, 28)
    assert not clear(counter, batch.number).is_open
    assert {counter.stage(number) for number in both} == {Stage.CLEARED}


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2020, 4, 2), "早于审批"),
        (date(2020, 4, 4), "还没有到"),
    ],
)
def test_a_day_that_cannot_be_is_refused(counter: PayDesk, day: date, sentence: str) -> None:
    number = granted(counter)
    with pytest.raises(PxtuiError, match=sentence):
        publish(counter, number, on=day)
    assert counter.stage(number) is Stage.CLAIM_APPROVED


def test_what_is_not_granted_is_not_published_and_nothing_else_with_it(counter: PayDesk) -> None:
    number, draft = granted(counter), counter.file(made_up_people(2, 50))
    with pytest.raises(PxtuiError, match="案件处于“录入中”，不能公示"):
        publish(counter, number, draft)
    assert counter.stage(number) is Stage.CLAIM_APPROVED


def test_the_desk_says_when_a_publication_is_to_be_ended(counter: PayDesk) -> None:
    number = granted(counter)
    granted(counter)
    counter.day = date(2020, 4, 24)
    publish(counter, number)
    with counter.register.reading(counter.acting) as context:
        assert queues.cases(context, frozenset({Stage.PUBLISHED, Stage.CLAIM_APPROVED})).due == {
            number: date(2020, 4, 28)
        }


def test_an_objection_that_is_dismissed_lets_the_claim_go_on(counter: PayDesk) -> None:
    number, other = granted(counter), granted(counter)
    counter.day = date(2020, 4, 24)
    batch = publish(counter, number, other)
    objected(counter, number)
    counter.day = date(2020, 4, 28)
    clear(counter, batch.number)
    assert (counter.stage(number), counter.stage(other)) == (Stage.OBJECTED, Stage.CLEARED)
    with pytest.raises(PxtuiError, match="异议还在核查"):
        clear(counter, batch.number)
    assert decide(counter, number, upheld=False) is Stage.PUBLISHED
    clear(counter, batch.number)
    assert counter.stage(number) is Stage.CLEARED


def test_the_record_of_an_objection_says_what_was_keyed_of_it(counter: PayDesk) -> None:
    def record() -> dict[str, object]:
        with counter.register.reading(counter.acting) as context:
            told = papers.objection_record(Asking(context, find(context, number))).facts.values
            return {key: told[key] for key in ("objector", "objected_day", "objection", "finding", "outcome")}

    number = granted(counter)
    counter.day = date(2020, 4, 24)
    publish(counter, number)
    assert set(record().values()) == {None}
    objected(counter, number)
    told = {"objector": "孙先生", "objected_day": date(2020, 4, 24), "objection": "有人没有参加培训"}
    assert record() == {**told, "finding": None, "outcome": None}
    counter.day = date(2020, 4, 26)
    decide(counter, number, upheld=False)
    assert record() == {**told, "finding": "已向平台调取记录", "outcome": "异议不成立"}


def test_an_objection_that_is_upheld_takes_one_claim_out_and_it_is_published_again_with_less(counter: PayDesk) -> None:
    number, other = granted(counter), granted(counter)
    counter.day = date(2020, 4, 24)
    first = publish(counter, number, other)
    objected(counter, number)
    assert decide(counter, number, upheld=True) is Stage.CLAIM_RECEIVED
    counter.do(number, Action.RETURN, opinion="发票金额有误，请更正")
    _halve_the_invoice(counter, number)
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion="发票已更正，人员已逐一核实")
    counter.day = date(2020, 4, 28)
    second = publish(counter, number)
    with counter.register.reading(counter.acting) as context:
        first = publicity_batches.look_up(context, first.number)
    assert [(item.case_number, item.total_fen, item.state) for item in first.items] == [
        (number, 2 * FEE_FEN, "已撤出"),
        (other, 2 * FEE_FEN, "公示中"),
    ]
    assert (second.number, second.total_fen, second.published_on) == ("GS2020-DQ-002", FEE_FEN, counter.day)


def _halve_the_invoice(counter: PayDesk, number: str) -> None:
    with counter.register.writing(counter.acting) as context:
        (voucher,) = claim_filing.vouchers_of(context, number)
        halved = Voucher(voucher.number, voucher.issued_on, voucher.payer, voucher.payee, voucher.amount_fen // 2)
        claim_filing.replace_vouchers(context, number, [halved])


def test_who_objects_to_what_stands_in_no_list_of_acts(counter: PayDesk) -> None:
    number = granted(counter)
    publish(counter, number)
    objected(counter, number)
    with counter.register.reading(counter.acting) as context:
        (shown,) = objections.objections_to(context, number)
        raw = context.session.connection().exec_driver_sql("SELECT * FROM objection").fetchall()
        acts = context.session.connection().exec_driver_sql("SELECT summary FROM journal_entry").fetchall()
    assert (shown.objector, shown.contact, shown.statement) == ("孙先生", "0812-3330001", "有人没有参加培训")
    assert not any(word in str(row) for row in (*raw, *acts) for word in ("孙先生", "0812-3330001", "没有参加"))


def test_where_duties_are_apart_another_person_decides(counter: PayDesk) -> None:
    number = granted(counter)
    publish(counter, number)
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, duties_apart=True)
    objected(counter, number)
    with pytest.raises(PxtuiError, match="由张三受理，须由另一人核查"):
        decide(counter, number, upheld=False)
    assert decide(counter, number, upheld=False, by="李四") is Stage.PUBLISHED


@pytest.mark.parametrize("address", ["", "www.example.org", "https://a b.cn/1", "ftp://example.org/1"])
def test_the_page_is_a_web_address(counter: PayDesk, address: str) -> None:
    batch = publish(counter, granted(counter))
    with (
        pytest.raises(PxtuiError, match=r"网址以 http|不是网页地址"),
        counter.register.writing(counter.acting) as context,
    ):
        publishing.note_page(context, batch.number, address)


def test_the_page_may_be_put_right(counter: PayDesk) -> None:
    batch = publish(counter, granted(counter))
    for address in ("http://example.org/1", "https://example.org/notice/2"):
        with counter.register.writing(counter.acting) as context:
            noted = publishing.note_page(context, batch.number, address)
    assert noted.page_address == "https://example.org/notice/2"


def test_a_claim_that_grants_nothing_is_not_published(counter: PayDesk) -> None:
    number = granted(counter)
    with counter.register.writing(counter.acting) as context:
        case = find(context, number)
        case.approved_total_fen = 0
        context.session.add(case)
    with pytest.raises(PxtuiError, match="没有可以公示的补贴"):
        publish(counter, number)
