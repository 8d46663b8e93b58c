"""A public notice is over that nobody could read: no page, a page elsewhere, no proof that it stood there."""

import pytest

from pxtui.casework.office.register import Register
from pxtui.casework.publicity import publishing
from pxtui.errors import PxtuiError
from tests.support.pay_desk import PayDesk
from tests.support.rosters import made_up_people


@pytest.fixture
def counter(register: Register) -> PayDesk:
    return PayDesk(register)


def published(counter: PayDesk) -> str:
    number = counter.file(made_up_people(2))
    counter.granted(number)
    with counter.register.writing(counter.acting) as context:
        batch = publishing.publish(context, [number], counter.day)
    counter.day = batch.days.payable_from
    return batch.number


def test_a_notice_cleared_with_an_address_and_no_proof_of_the_page(counter: PayDesk) -> None:
    batch = published(counter)
    with pytest.raises(PxtuiError, match="存证"), counter.register.writing(counter.acting) as context:
        publishing.note_page(context, batch, "https://example.org/gs")
        publishing.clear(context, batch)


@pytest.mark.parametrize("address", ["http://???", "https://:443/gs", "https://127.0.0.1/gs"])
def test_an_address_that_leads_to_no_public_page(counter: PayDesk, address: str) -> None:
    batch = published(counter)
    with pytest.raises(PxtuiError, match="不是网页地址"), counter.register.writing(counter.acting) as context:
        publishing.note_page(context, batch, address)
