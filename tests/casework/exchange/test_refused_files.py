"""A file that is not for us, not from whom it says, or not whole is refused, and nothing of it is taken in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from db.models import ExchangedTraining, ExchangedVoucher, ExchangeImport
from pxtui.casework.exchange import envelope, partners
from pxtui.casework.exchange.ledger import Ledger, LedgerTraining, LedgerVoucher, written
from pxtui.casework.lifecycle.stages import Action
from pxtui.errors import PxtuiError
from pxtui.policy.facts import Level
from tests.support.offices import CityOffice, two_offices
from tests.support.rosters import made_up_people

CASE = "线培〔2020〕DQ-0001"
TRAINING = LedgerTraining(
    CASE,
    made_up_people(1)[0].id_number,
    "焊工",
    Level.FIVE,
    date(2020, 3, 20),
    date(2020, 4, 2),
    date(2020, 3, 16),
    by_claim=False,
    paid=False,
)
VOUCHER = LedgerVoucher(CASE, "20200000000000000001", date(2020, 3, 20), date(2020, 4, 3), paid=False)


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[tuple[CityOffice, CityOffice]]:
    made = two_offices(tmp_path)
    yield made
    for office in made:
        office.register.close()


@pytest.fixture
def content(offices: tuple[CityOffice, CityOffice]) -> bytes:
    """A file of the first office for the second one, with a class of three people."""
    first, second = offices
    first.do(first.file_class(), Action.SUBMIT, Action.APPROVE)
    return first.export_for(second)


def refused(office: CityOffice, content: bytes, sentence: str) -> None:
    with pytest.raises(PxtuiError, match=sentence):
        office.take(content)
    with office.register.reading(office.acting) as context:
        for table in (ExchangedTraining, ExchangedVoucher, ExchangeImport):
            assert context.session.exec(select(table)).all() == []


def posted(first: CityOffice, second: CityOffice, text: str) -> bytes:
    """Any text in an envelope that is sound."""
    with second.register.reading(second.acting) as context:
        receiver = partners.own_public_keys(context)
    with first.register.reading(first.acting) as context:
        return envelope.sealed_file(partners.own_keys(context), first.office, receiver, None, context.at, text)


def ledger(*, training: LedgerTraining = TRAINING, voucher: LedgerVoucher = VOUCHER) -> str:
    return written(Ledger((training,), (voucher,)))


def test_a_file_for_another_office_names_both(offices: tuple[CityOffice, CityOffice], content: bytes) -> None:
    refused(offices[0], content, "交换文件是给“仁和区人社局”的，本台账是“东区人社局”的")


def test_a_file_from_tomorrow_is_a_wrong_clock(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    first.day += timedelta(days=1)
    refused(second, first.export_for(second), "制作日期2020-03-17晚于今天")
    second.day = first.day
    assert second.take(first.export_for(second)).added == 0


def test_something_else_is_no_file_of_ours(offices: tuple[CityOffice, CityOffice], content: bytes) -> None:
    magic = b"pxtui-exchange/1\n"
    _, _, rest = content.removeprefix(magic).partition(b"\n")
    foreign = (b"", b"PK\x03\x04", b"\xef\xbb\xbf" + content, content.replace(b"/1\n", b"/2\n", 1), magic + b"{}")
    for something in (*foreign, magic + b" " * 1_001 + b"\n" + rest):
        refused(offices[1], something, "不是本程序的交换文件")


def test_a_file_of_which_a_part_is_missing_is_told_so(offices: tuple[CityOffice, CityOffice], content: bytes) -> None:
    magic, header, rest = content.split(b"\n", 2)
    half_a_key = header.replace(b'"ephemeral":"', b'"ephemeral":"00')
    for head in (b"{}", b"\xff", header[:-1], half_a_key):
        refused(offices[1], b"\n".join((magic, head, rest)), "不完整或已被改动")
    for end in (0, 64, 64 + 12):
        refused(offices[1], b"\n".join((magic, header, rest[:end])), "不完整或已被改动")


def test_a_file_that_was_altered_on_its_way_does_not_bear_the_signature(
    offices: tuple[CityOffice, CityOffice], content: bytes
) -> None:
    for place in (-1, -len(content) // 3):
        altered = bytearray(content)
        altered[place] ^= 1
        refused(offices[1], bytes(altered), "签名不符")
    refused(offices[1], content + b"\0", "签名不符")


def test_a_file_signed_by_anybody_else_is_refused(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    first.register.home.exchange_key.unlink()
    refused(second, first.export_for(second), "签名不符")
    second.meets(first)
    assert second.take(first.export_for(second)).added == 0


def test_a_file_for_keys_that_we_have_no_more_is_to_be_made_anew(
    offices: tuple[CityOffice, CityOffice], content: bytes
) -> None:
    first, second = offices
    second.register.home.exchange_key.unlink()
    refused(second, content, "按本部门另一把公钥加密的")
    first.meets(second)
    assert second.take(first.export_for(second)).added == 3


def test_what_is_signed_and_does_not_open_is_refused(offices: tuple[CityOffice, CityOffice], content: bytes) -> None:
    first, second = offices
    parts = envelope.taken_apart(content)
    sealed = parts.sealed[:-1] + bytes((parts.sealed[-1] ^ 1,))
    with first.register.reading(first.acting) as context:
        signature = partners.own_keys(context).sign.sign(parts.head + sealed)
    refused(second, parts.head + signature + sealed, "交换文件解不开")


@pytest.mark.parametrize("text", ["", "{}", "[]", ledger().replace("2020-03-20", "2020-02-30")])
def test_what_says_something_else_is_refused(offices: tuple[CityOffice, CityOffice], text: str) -> None:
    first, second = offices
    refused(second, posted(first, second, text), "不合格式")


@pytest.mark.parametrize(
    "text",
    [
        ledger(training=replace(TRAINING, case="2020-DQ-0001")),
        ledger(training=replace(TRAINING, occupation="焊" * 2_001)),
        ledger(training=replace(TRAINING, id_number=" ")),
        ledger(voucher=replace(VOUCHER, case="线培〔2020〕DQ-1")),
        ledger(voucher=replace(VOUCHER, number="1" * 2_001)),
        ledger(voucher=replace(VOUCHER, number=" ")),
    ],
)
def test_one_row_that_says_nothing_refuses_the_whole_file(offices: tuple[CityOffice, CityOffice], text: str) -> None:
    first, second = offices
    refused(second, posted(first, second, text), "有读不懂的行")


def test_sound_rows_are_taken_in(offices: tuple[CityOffice, CityOffice]) -> None:
    first, second = offices
    longest = ledger(training=replace(TRAINING, occupation="焊" * 2_000))
    assert second.take(posted(first, second, longest)).added == 2
