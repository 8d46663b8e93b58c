"""The page of the public notice: what waits, what is to be done next about it, and what has been done."""

from datetime import date

import pytest

from pxtui.casework.lifecycle.batch_page import where_due
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.people import past_trainings
from pxtui.casework.publicity import objections, publishing
from pxtui.casework.publicity.page import Entry, Next, PublicityDesk, desk
from pxtui.policy.facts import Delivery, Level, PastTraining
from tests.support.counter import AFTER_THE_CLASS, FEE_FEN, PROOF
from tests.support.pay_desk import CLAIM_FEN, NAME, THE_BEGINNING, PayDesk
from tests.support.rosters import made_up_people

PUBLISHED = date(2020, 4, 24)
LAST_DAY = date(2020, 4, 27)
OVER = date(2020, 4, 28)
ADDRESS = "https://example.org/gs"


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


def published(counter: PayDesk, *numbers: str, address: str = ADDRESS) -> str:
    counter.day = PUBLISHED
    with counter.register.writing(counter.acting) as context:
        batch = publishing.publish(context, numbers, PUBLISHED)
        if address:
            publishing.note_page(context, batch.number, address, PROOF)
    return batch.number


def objected(counter: PayDesk, number: str, objector: str = "", contact: str = "") -> None:
    with counter.register.writing(counter.acting) as context:
        objections.receive(context, number, "有人没有参加培训", objector=objector, contact=contact)


def decided(counter: PayDesk, number: str, *, upheld: bool) -> None:
    with counter.register.writing(counter.acting) as context:
        objections.decide(context, number, "已向平台调取记录", upheld=upheld)


def cleared(counter: PayDesk, batch: str) -> None:
    with counter.register.writing(counter.acting) as context:
        publishing.clear(context, batch)


def page(counter: PayDesk) -> PublicityDesk:
    with counter.register.reading(counter.acting) as context:
        return desk(context, counter.day)


def steps(counter: PayDesk) -> list[tuple[str, str, Next]]:
    return [(entry.number, entry.state, entry.next) for entry in page(counter).entries]


def batch_line(counter: PayDesk) -> Entry:
    (entry,) = (entry for entry in page(counter).entries if entry.is_batch)
    return entry


def test_an_empty_page_says_nothing(counter: PayDesk) -> None:
    assert page(counter) == PublicityDesk((), 0, 0)


def test_a_granted_claim_waits_with_its_heads_and_its_money(counter: PayDesk) -> None:
    number = granted(counter)
    told = "核定2人，复核无变化。空格选几件，Enter把选定的列入一个批次。"
    waiting = Entry(number, NAME, "待公示", CLAIM_FEN, Next.PUBLISH, (told,))
    assert page(counter) == PublicityDesk((waiting,), 1, 0)


def test_a_claim_that_would_come_out_otherwise_now_goes_back_to_review(counter: PayDesk) -> None:
    number = granted(counter)
    person = made_up_people(1)[0].id_number
    day = date(2020, 1, 6)
    taken = [
        PastTraining(person, name, Level.FIVE, day, day, Delivery.OFFLINE, True, True)
        for name in ("车工", "钳工", "电工")
    ]
    with counter.register.writing(counter.acting) as context:
        past_trainings.insert_missing(context, taken, source="省平台")
    (entry,) = page(counter).entries
    assert (entry.number, entry.state, entry.next) == (number, "须复审", Next.REOPEN)
    assert entry.sentences[0].endswith("Enter写明理由退回复审。")


def test_a_claim_that_grants_nothing_cannot_be_published(counter: PayDesk) -> None:
    number = granted(counter)
    with counter.register.writing(counter.acting) as context:
        case = find(context, number)
        case.approved_total_fen = None
        context.session.add(case)
    told = f"{number}核定金额是0.00元，没有可以公示的补贴。"
    assert page(counter).entries == (Entry(number, NAME, "不能公示", 0, Next.NOTHING, (told,)),)


def test_a_batch_without_its_address_is_asked_for_it_before_and_after_its_days(counter: PayDesk) -> None:
    batch = published(counter, granted(counter), address="")
    for day, state in ((PUBLISHED, "公示中"), (LAST_DAY, "公示中"), (OVER, "期满待办")):
        counter.day = day
        line = batch_line(counter)
        assert (line.number, line.state, line.next, line.page_address) == (batch, state, Next.NOTE_PAGE, "")
        assert line.sentences[:2] == (
            "2020-04-24由张三公示，2020-04-27期满。Enter登记公示网页的地址和存证文件，登记后才能办理期满。",
            "还没有登记公示网址。",
        )


def test_a_batch_is_ended_on_the_day_after_its_days_and_no_earlier(counter: PayDesk) -> None:
    number = granted(counter)
    batch = published(counter, number)
    counter.day = LAST_DAY
    line = batch_line(counter)
    assert (line.state, line.next) == ("公示中", Next.NOTHING)
    assert line.sentences[0].endswith("期满。2020-04-28起办理公示期满。")
    counter.day = OVER
    line = batch_line(counter)
    assert (line.number, line.name, line.amount_fen) == (batch, "1件  04-24至04-27", CLAIM_FEN)
    assert (line.state, line.next, line.page_address) == ("期满待办", Next.CLEAR, ADDRESS)
    assert line.sentences[0].endswith("期满。Enter办理公示期满，有异议的除外。")
    assert line.sentences[1] == f"网址：{ADDRESS}"
    assert line.sentences[2].startswith("本部门没有设置公示网站")
    assert line.sentences[3] == f"存证：{PROOF.name} 校验码{PROOF.sha256[:8].upper()}"
    assert line.sentences[4:] == (
        "04-24 周五 工作日，公示当日不计",
        "04-25 周六 周末，不计",
        "04-26 周日 调休上班，第1个工作日",
        "04-27 周一 工作日，第2个工作日，公示期满",
        "04-28 周二 工作日，可以拨付",
    )


def test_the_claims_of_a_batch_stand_below_it_and_an_objection_is_registered_there(counter: PayDesk) -> None:
    first, second, waits = granted(counter), granted(counter), granted(counter)
    batch = published(counter, first, second)
    found = page(counter)
    assert (found.waiting, found.published) == (1, 2)
    assert [entry.number for entry in found.entries] == [waits, batch, first, second]
    told = f"在{batch}里公示，核定2人。收到异议按Enter登记。"
    assert found.entries[2] == Entry(first, NAME, " 公示中", CLAIM_FEN, Next.OBJECT, (told,), batch=batch)


def test_a_case_whose_days_are_over_leads_to_its_batch(counter: PayDesk) -> None:
    number, other = granted(counter), granted(counter)
    batch = published(counter, number, other)
    counter.day = LAST_DAY
    assert where_due(page(counter).entries, number) == number
    counter.day = OVER
    assert where_due(page(counter).entries, number) == batch
    objected(counter, number)
    assert where_due(page(counter).entries, number) == number
    assert where_due(page(counter).entries, other) == batch


def test_a_case_whose_page_is_not_on_record_leads_to_its_batch(counter: PayDesk) -> None:
    number = granted(counter)
    batch = published(counter, number, address="")
    assert where_due(page(counter).entries, number) == batch


@pytest.mark.parametrize(
    ("objector", "contact", "who"),
    [("孙先生", "0812-3330001", "孙先生，0812-3330001"), ("", "", "未留姓名"), ("", "12333", "未留姓名，12333")],
)
def test_an_objection_says_who_objects_to_what(counter: PayDesk, objector: str, contact: str, who: str) -> None:
    number = granted(counter)
    published(counter, number)
    objected(counter, number, objector, contact)
    line = page(counter).entries[1]
    assert (line.number, line.state, line.next) == (number, " 异议核查", Next.DECIDE)
    assert line.sentences == (
        f"2020-04-24 张三收到异议（{who}）：有人没有参加培训",
        "核查后按Enter登记结论。成立的撤出批次重新审核，不成立的继续公示。",
    )


def test_when_all_that_is_left_is_objected_the_batch_waits_for_the_finding(counter: PayDesk) -> None:
    first, second = granted(counter), granted(counter)
    batch = published(counter, first, second)
    objected(counter, first)
    assert batch_line(counter).state == "公示中"
    counter.day = OVER
    assert batch_line(counter).next is Next.CLEAR
    cleared(counter, batch)
    line = batch_line(counter)
    assert (line.state, line.next) == ("异议核查", Next.NOTHING)
    assert line.sentences[0].endswith("期满已办理；有异议的在案件一行登记结论，再办理。")
    assert [entry.number for entry in page(counter).entries] == [batch, first]
    decided(counter, first, upheld=False)
    assert batch_line(counter).next is Next.CLEAR


def test_the_newest_of_two_objections_is_the_one_that_is_looked_into(counter: PayDesk) -> None:
    number = granted(counter)
    published(counter, number)
    objected(counter, number, "孙先生")
    decided(counter, number, upheld=False)
    objected(counter, number, "吴女士")
    assert "（吴女士）" in page(counter).entries[1].sentences[0]


def test_an_upheld_claim_has_left_the_batch_and_its_money(counter: PayDesk) -> None:
    first, second = granted(counter), granted(counter)
    published(counter, first, second)
    objected(counter, first)
    decided(counter, first, upheld=True)
    assert counter.stage(first) is Stage.CLAIM_RECEIVED
    line = batch_line(counter)
    assert (line.name, line.amount_fen) == ("1件  04-24至04-27", 2 * FEE_FEN)
    assert [entry.number for entry in page(counter).entries] == [line.number, second]


def test_a_batch_that_is_done_stands_at_the_end_and_asks_for_nothing(counter: PayDesk) -> None:
    done = published(counter, granted(counter))
    counter.day = OVER
    cleared(counter, done)
    number = granted(counter)
    open_batch = published(counter, number)
    assert steps(counter) == [
        (open_batch, "公示中", Next.NOTHING),
        (number, " 公示中", Next.OBJECT),
        (done, "已办结", Next.NOTHING),
    ]
    assert page(counter).entries[2].sentences[0] == "2020-04-24由张三公示，2020-04-27期满。"


def test_of_the_batches_that_are_done_only_the_newest_are_shown(
    counter: PayDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pxtui.casework.lifecycle.batch_page._DONE_SHOWN", 1)
    counter.day = AFTER_THE_CLASS
    batches = []
    for _ in range(2):
        batches.append(published(counter, granted(counter)))
        counter.day = OVER
        cleared(counter, batches[-1])
    assert [entry.number for entry in page(counter).entries] == [batches[1]]


def test_a_notice_entered_afterwards_waits_for_a_second_person_before_it_is_over(counter: PayDesk) -> None:
    number = granted(counter)
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, duties_apart=True)
    counter.day = OVER
    with counter.register.writing(counter.acting) as context:
        batch = publishing.publish(context, [number], PUBLISHED, "网络中断").number
        publishing.note_page(context, batch, ADDRESS, PROOF)
    waiting = batch_line(counter)
    assert (waiting.state, waiting.next) == ("补登待确认", Next.CONFIRM_DAY)
    assert any("由另一人核对后按Enter确认" in sentence for sentence in waiting.sentences)
