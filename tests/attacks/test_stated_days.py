"""Money by a day that was not: what was received, decided or published on another day than it is told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pxtui.casework.calendar import lifting
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.lifecycle.cases import confirm_days
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.publicity import publishing
from pxtui.errors import PxtuiError
from pxtui.policy.bundle import read_bundle
from pxtui.policy.parameters import shipped_rulebook
from tests.policy.test_bundles import BUNDLES
from tests.support.counter import PROOF, Counter
from tests.support.filings import a_filing
from tests.support.pay_desk import PayDesk
from tests.support.rosters import made_up_people

CLAIM = BUNDLES / "bundle-00042.json"


@pytest.fixture
def counter(register: Register) -> PayDesk:
    made = PayDesk(register)
    made.hire_colleagues()
    return made


def granted(counter: PayDesk) -> str:
    number = counter.file(made_up_people(2))
    counter.granted(number)
    return number


def date_claim(counter: Counter, number: str, day: date, reason: str = "") -> None:
    with counter.register.writing(counter.acting) as context:
        filed = claim_filing.claim_filing(context, number)
        claim_filing.put_claim(context, number, replace(filed, received_on=day), reason)


def date_opening(counter: Counter, number: str, day: date, reason: str = "") -> None:
    with counter.register.writing(counter.acting) as context:
        filed = opening_filing.filing(context, number)
        opening_filing.amend(context, number, replace(filed, received_on=day), reason)


def test_a_claim_imported_before_the_class_ends_dated_on_the_day_after_it(counter: Counter) -> None:
    bundle = read_bundle(CLAIM.read_text(encoding="utf-8"), shipped_rulebook().latest)
    counter.day = date(2020, 3, 16)
    running = replace(bundle.training, starts_on=date(2020, 3, 10), ends_on=date(2020, 3, 30))
    dated_ahead = replace(bundle, training=running, decided_on=date(2020, 3, 31))
    with (
        pytest.raises(PxtuiError, match="收件日期2020-03-31还没有到"),
        counter.register.writing(counter.acting) as context,
    ):
        opening_filing.import_bundle(context, dated_ahead)


def test_a_claim_keyed_with_a_day_that_has_not_come(counter: Counter) -> None:
    number = counter.claimed()
    counter.do(number, Action.RETURN, opinion="请补发票")
    tomorrow = counter.day + timedelta(days=1)
    with pytest.raises(PxtuiError, match="还没有到"):
        date_claim(counter, number, tomorrow)


def test_a_claim_fourteen_months_too_late_dated_back_into_its_year(counter: Counter) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    counter.day = date(2022, 6, 2)
    counter.do(number, Action.CLAIM)
    with pytest.raises(PxtuiError, match="补登理由"):
        date_claim(counter, number, date(2021, 4, 1))


def test_an_opening_dated_before_a_lifting_filed_after_it(counter: Counter) -> None:
    lifted_on = date(2020, 3, 25)
    with counter.register.writing(replace(counter.acting, name="赵六")) as context:
        lifting.announce(context, lifted_on, "川疫指〔2020〕1号")
    counter.day = lifted_on
    with counter.register.writing(counter.acting) as context:
        lifting.sign(context)
    counter.day = date(2020, 3, 27)
    with pytest.raises(PxtuiError, match="补登理由"), counter.register.writing(counter.acting) as context:
        opening_filing.file(context, replace(a_filing(), received_on=date(2020, 3, 24)))


def test_an_opening_amended_to_a_day_before_the_lifting(counter: Counter) -> None:
    counter.day = date(2020, 3, 27)
    number = counter.file()
    with pytest.raises(PxtuiError, match="补登理由"):
        date_opening(counter, number, date(2020, 3, 24))


def test_a_bundle_dated_back_into_the_days_of_its_claim(counter: Counter) -> None:
    bundle = read_bundle(CLAIM.read_text(encoding="utf-8"), shipped_rulebook().latest)
    counter.day = bundle.decided_on + timedelta(days=400)
    with pytest.raises(PxtuiError, match="补登理由"), counter.register.writing(counter.acting) as context:
        opening_filing.import_bundle(context, bundle)


def test_a_notice_entered_as_published_four_days_ago(counter: PayDesk) -> None:
    number = granted(counter)
    counter.day = date(2020, 4, 24)
    with pytest.raises(PxtuiError, match="补登理由"), counter.register.writing(counter.acting) as context:
        publishing.publish(context, [number], date(2020, 4, 20))


def test_a_claim_dated_back_with_a_reason_that_nobody_else_has_seen(counter: PayDesk) -> None:
    number = counter.claimed()
    counter.do(number, Action.RETURN, opinion="请补发票")
    counter.day += timedelta(days=3)
    date_claim(counter, number, counter.day - timedelta(days=1), "企业昨天已送到")
    counter.do(number, Action.SUBMIT)
    apart(counter)
    counter.do(number, Action.ACCEPT)
    with pytest.raises(PxtuiError, match="补登，理由：企业昨天已送到，待另一人确认"):
        counter.do(number, Action.FIRST_CHECK)
    with pytest.raises(PxtuiError, match="须由另一人确认"):
        confirm(counter, number, by="张三")
    confirm(counter, number, by="李四")
    assert counter.do(number, Action.FIRST_CHECK) is Stage.CLAIM_FIRST_CHECKED


def test_a_notice_dated_back_with_a_reason_that_nobody_else_has_seen(counter: PayDesk) -> None:
    number = granted(counter)
    apart(counter)
    counter.day = date(2020, 4, 24)
    with counter.register.writing(counter.acting) as context:
        batch = publishing.publish(context, [number], date(2020, 4, 20), "网站先挂出").number
        publishing.note_page(context, batch, "https://example.org/gs", PROOF)
    with counter.register.writing(counter.acting) as context, pytest.raises(PxtuiError, match="待另一人确认"):
        publishing.clear(context, batch)
    with counter.register.writing(replace(counter.acting, name="李四")) as context:
        publishing.confirm_day(context, batch)
        publishing.clear(context, batch)
    assert counter.stage(number) is Stage.CLEARED


def test_a_notice_dated_ahead(counter: PayDesk) -> None:
    number = granted(counter)
    with counter.register.writing(counter.acting) as context, pytest.raises(PxtuiError, match="还没有到"):
        publishing.publish(context, [number], counter.day + timedelta(days=1), "明天上线")


def apart(counter: Counter) -> None:
    with counter.register.writing(replace(counter.acting, name="赵六")) as context:
        office_settings.change(context, duties_apart=True)


def confirm(counter: Counter, number: str, by: str) -> None:
    with counter.register.writing(replace(counter.acting, name=by)) as context:
        confirm_days(context, number)
