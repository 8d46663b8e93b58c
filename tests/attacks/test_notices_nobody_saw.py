"""A public notice is over that nobody could read: no page, a page elsewhere, no proof that it stood there."""

from pathlib import Path

import pytest

from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.publicity import publishing
from pxtui.casework.publicity.public_page import Proof, proof_of
from pxtui.errors import PxtuiError
from tests.support.counter import PROOF
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
    note(counter, batch, "https://example.org/gs")
    with pytest.raises(PxtuiError, match="存证"), counter.register.writing(counter.acting) as context:
        publishing.clear(context, batch)


@pytest.mark.parametrize("address", ["http://???", "https://:443/gs", "https://127.0.0.1/gs"])
def test_an_address_that_leads_to_no_public_page(counter: PayDesk, address: str) -> None:
    batch = published(counter)
    with pytest.raises(PxtuiError, match="不是网页地址"):
        note(counter, batch, address)


def test_a_proof_of_one_page_for_another(counter: PayDesk) -> None:
    batch = published(counter)
    note(counter, batch, "https://example.org/gs", PROOF)
    note(counter, batch, "https://example.org/another")
    with pytest.raises(PxtuiError, match="存证"), counter.register.writing(counter.acting) as context:
        publishing.clear(context, batch)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/gs",
        "https://rsj.panzhihua.gov.cn@example.org/gs",
        "https://rsj.panzhihua.gov.cn.example.org/",
    ],
)
def test_a_page_on_a_host_that_is_not_the_offices(counter: PayDesk, address: str) -> None:
    batch = published(counter)
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, notice_hosts="RSJ.panzhihua.gov.cn，www.panzhihua.gov.cn")
    with pytest.raises(PxtuiError, match="不在本部门的公示网站"):
        note(counter, batch, address)
    note(counter, batch, "https://RSJ.panzhihua.gov.cn:443/gs", PROOF)


def test_an_empty_file_as_the_proof_of_a_page(tmp_path: Path) -> None:
    (tmp_path / "page.pdf").touch()
    with pytest.raises(PxtuiError, match="是空文件"):
        proof_of(tmp_path / "page.pdf")
    with pytest.raises(PxtuiError, match="找不到文件"):
        proof_of(tmp_path / "nowhere.pdf")
    (tmp_path / "page.pdf").write_bytes(b"abc")
    assert proof_of(tmp_path / "page.pdf").sha256.startswith("ba7816bf8f01cfea")


def note(counter: PayDesk, batch: str, address: str, proof: Proof | None = None) -> None:
    with counter.register.writing(counter.acting) as context:
        publishing.note_page(context, batch, address, proof)
