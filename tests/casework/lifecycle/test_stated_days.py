"""A day that was stated afterwards stands with its reason beside the case, and marked on its papers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.desk import queues
from pxtui.casework.lifecycle import cases
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.printed import publicity, review
from pxtui.casework.printed.asking import Asking, common
from pxtui.casework.printed.attachments import attachment_1_of
from pxtui.casework.printed.filing import volume_cover
from pxtui.casework.publicity import batches as publicity_batches
from pxtui.casework.publicity import publishing
from pxtui.casework.roster import edits as roster_edits
from pxtui.errors import PxtuiError
from tests.support.filings import a_filing
from tests.support.pay_desk import PayDesk
from tests.support.rosters import made_up_people

REASON = "企业前日已送到，窗口停电"
TOLD = "收件日期2020-03-13由张三于2020-03-16补登，理由：企业前日已送到，窗口停电。"


@pytest.fixture
def counter(register: Register) -> PayDesk:
    return PayDesk(register)


def filed_late(counter: PayDesk) -> str:
    with counter.register.writing(counter.acting) as context:
        return opening_filing.file(context, replace(a_filing(), received_on=date(2020, 3, 13)), REASON)


def told(counter: PayDesk, number: str) -> list[str]:
    with counter.register.reading(counter.acting) as context:
        return [stated.sentence for stated in cases.look_up(context, number).stated_days]


def test_a_day_with_its_reason_stays_with_the_case_and_in_the_journal(counter: PayDesk) -> None:
    number = filed_late(counter)
    assert told(counter, number) == [TOLD]
    with counter.register.reading(counter.acting) as context:
        assert "补登收件日期：2020-03-13" in [act.summary for act in queues.journal_of(context, number)]


def test_what_is_stored_again_with_its_day_needs_no_second_reason(counter: PayDesk) -> None:
    number = filed_late(counter)
    counter.day += timedelta(days=2)
    with counter.register.writing(counter.acting) as context:
        kept = opening_filing.filing(context, number)
        opening_filing.amend(context, number, replace(kept, course_title="焊工线上培训"))
    assert told(counter, number) == [TOLD]


def test_a_day_put_right_to_today_is_no_longer_marked(counter: PayDesk) -> None:
    number = filed_late(counter)
    with counter.register.writing(counter.acting) as context:
        kept = opening_filing.filing(context, number)
        opening_filing.amend(context, number, replace(kept, received_on=counter.day))
    assert told(counter, number) == []


def test_a_claim_that_is_begun_anew_has_the_day_of_the_clock(counter: PayDesk) -> None:
    number = counter.claimed()
    counter.do(number, Action.RETURN, opinion="请补发票")
    with counter.register.writing(counter.acting) as context:
        kept = claim_filing.claim_filing(context, number)
        claim_filing.put_claim(context, number, replace(kept, received_on=date(2020, 4, 2)), REASON)
    assert [sentence[:16] for sentence in told(counter, number)] == ["补贴收件日期2020-04-02"]
    counter.do(number, Action.WITHDRAW, Action.CLAIM, opinion="撤回")
    assert told(counter, number) == []


def test_taking_the_day_of_the_claim_back_leaves_that_of_the_opening(counter: PayDesk) -> None:
    number = filed_late(counter)
    with counter.register.writing(counter.acting) as context:
        roster_edits.replace_all(context, number, made_up_people(2))
    counter.claimed(number)
    counter.do(number, Action.RETURN, opinion="请补发票")
    for day in (date(2020, 4, 2), counter.day):
        with counter.register.writing(counter.acting) as context:
            kept = claim_filing.claim_filing(context, number)
            claim_filing.put_claim(context, number, replace(kept, received_on=day), REASON)
    assert told(counter, number) == [TOLD]


def test_once_it_is_confirmed_it_says_by_whom_and_waits_for_nobody(counter: PayDesk) -> None:
    counter.hire_colleagues()
    number = filed_late(counter)
    counter.day += timedelta(days=1)
    counter.clerk = "李四"
    with counter.register.writing(counter.acting) as context:
        cases.confirm_days(context, number)
    assert told(counter, number) == [f"{TOLD[:-1]}，李四于2020-03-17确认。"]
    with (
        counter.register.writing(replace(counter.acting, name="王五")) as context,
        pytest.raises(PxtuiError, match="没有等待确认的补登日期"),
    ):
        cases.confirm_days(context, number)
    assert told(counter, number) == [f"{TOLD[:-1]}，李四于2020-03-17确认。"]


def test_papers_mark_the_day_and_those_of_the_house_give_the_reason(counter: PayDesk) -> None:
    number = filed_late(counter)
    with counter.register.reading(counter.acting) as context:
        asking = Asking(context, find(context, number))
        assert common(asking)["received_day"] == "2020年3月13日（补登）"
        assert attachment_1_of(asking).facts.values["filled_on"] == "2020年3月13日（补登）"
        cover = volume_cover(asking).facts
    assert cover.values["opening_received_day"] == f"2020年3月13日（补登，理由：{REASON}）"
    assert {line["day"] for line in cover.tables["documents"] if line} == {"2020年3月13日补登"}


def test_the_approval_table_gives_the_reason_and_the_notice_its_mark(counter: PayDesk) -> None:
    number = counter.file(made_up_people(2))
    counter.granted(number)
    counter.day = date(2020, 4, 24)
    with counter.register.writing(counter.acting) as context:
        batch = publishing.publish(context, [number], date(2020, 4, 20), "网站先挂出")
        assert batch.stated is not None
        assert batch.stated.sentence == "公示日2020-04-20由张三于2020-04-24补登，理由：网站先挂出。"
        notice = publicity.batch_notice(context, batch.number).facts.values
        assert notice["starts_day"] == "2020年4月20日（补登）"
        asking = Asking(context, find(context, number))
        assert review.approval_table(asking).facts.values["received_day"] == date(2020, 4, 3)
        assert publicity_batches.look_up(context, batch.number).published_on == date(2020, 4, 20)
