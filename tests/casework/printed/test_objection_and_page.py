"""Whoever objected gets an answer; the page of a public notice is proven by its address and a file's SHA-256."""

from pathlib import Path

import pytest

from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office.register import Register
from pxtui.casework.printed import issue_rules, issuing, objection_finding, of_publicity_batch, page_proof
from pxtui.casework.printed.asking import Asking
from pxtui.casework.publicity import objections, publishing
from pxtui.papers.writing.letter import Facts
from pxtui.papers.writing.wording import Money, words_of
from tests.casework.printed.test_issue_rules import contents
from tests.support.counter import PROOF
from tests.support.pay_desk import PayDesk
from tests.support.rosters import made_up_people

ADDRESS = "https://rsj.example.gov.cn/gs/1.html"


@pytest.fixture
def desk(register: Register) -> PayDesk:
    return PayDesk(register)


@pytest.fixture
def number(desk: PayDesk) -> str:
    """A claim that is granted."""
    granted = desk.file(made_up_people(2))
    desk.granted(granted)
    return granted


def publish(desk: PayDesk, number: str) -> str:
    with desk.register.writing(desk.acting) as context:
        return publishing.publish(context, [number], desk.day).number


def why_not(desk: PayDesk, number: str, form: str) -> str:
    with desk.register.reading(desk.acting) as context:
        return issue_rules.why_not(Asking(context, find(context, number)), form)


def answer(desk: PayDesk, number: str) -> Facts:
    with desk.register.reading(desk.acting) as context:
        return objection_finding.objection_finding(Asking(context, find(context, number))).facts


def object_to(desk: PayDesk, number: str, objector: str = "钱七") -> None:
    with desk.register.writing(desk.acting) as context:
        objections.receive(context, number, "第2人没有参加培训。", objector=objector, contact="13800000009")


def decide(desk: PayDesk, number: str, *, upheld: bool) -> None:
    with desk.register.writing(desk.acting) as context:
        objections.decide(context, number, "查平台记录，确有其事。", upheld=upheld)


def test_an_objection_is_answered_when_it_is_decided(desk: PayDesk, number: str) -> None:
    publish(desk, number)
    assert why_not(desk, number, "objection-finding") == "本案没有异议"
    object_to(desk, number)
    assert why_not(desk, number, "objection-finding") == "异议还在核查，请先在“公示”里登记核查结论"
    decide(desk, number, upheld=False)
    assert why_not(desk, number, "objection-finding") == ""


@pytest.mark.parametrize(("upheld", "told", "silent"), [(True, "upheld", "dismissed"), (False, "dismissed", "upheld")])
def test_the_answer_says_what_was_found_and_what_follows(
    desk: PayDesk, number: str, upheld: bool, told: str, silent: str
) -> None:
    batch = publish(desk, number)
    object_to(desk, number)
    decide(desk, number, upheld=upheld)
    facts = answer(desk, number)
    assert {key: facts.values[key] for key in ("objector", "objection", "finding", "batch_number", silent)} == {
        "objector": "钱七",
        "objection": "第2人没有参加培训",
        "finding": "查平台记录，确有其事",
        "batch_number": batch,
        silent: None,
    }
    assert facts.values[told] == ("异议成立" if upheld else "异议不成立")
    # How an objector can be reached is nobody else's business.
    assert "13800000009" not in str(facts)
    words = words_of("objection-finding")
    assert "四（二）" in words.label("basis")
    assert all(part in words.label("redress") for part in ("60日内", "行政复议", "6个月内", "行政诉讼"))


def test_who_gave_no_name_is_answered_without_one(desk: PayDesk, number: str) -> None:
    publish(desk, number)
    object_to(desk, number, "")
    decide(desk, number, upheld=False)
    assert answer(desk, number).values["objector"] == "异议人"


def test_a_second_objection_is_not_answered_with_the_first_one_s_words(desk: PayDesk, number: str) -> None:
    publish(desk, number)
    object_to(desk, number)
    decide(desk, number, upheld=False)
    object_to(desk, number)
    assert why_not(desk, number, "objection-finding") == "异议还在核查，请先在“公示”里登记核查结论"


def test_a_page_is_proven_by_its_address_and_the_digest_of_its_file(desk: PayDesk, number: str, tmp_path: Path) -> None:
    assert why_not(desk, number, "page-proof") == "本案还没有公示"
    batch = publish(desk, number)
    assert why_not(desk, number, "page-proof") == "还没有登记公示网址和存证文件，请在“公示”里按F2登记"
    with desk.register.writing(desk.acting) as context:
        publishing.note_page(context, batch, ADDRESS, PROOF)
        of_publicity_batch.issue(context, batch, tmp_path)
    with desk.register.reading(desk.acting) as context:
        told = page_proof.page_proof(Asking(context, find(context, number))).facts.values
    assert {key: told[key] for key in ("batch_number", "page_address", "proof_name", "heads", "amount")} == {
        "batch_number": batch,
        "page_address": ADDRESS,
        "proof_name": PROOF.name,
        "heads": 2,
        "amount": Money(100000),
    }
    assert "".join(str(told["proof_digest"]).split()).lower() == PROOF.sha256
    assert (told["noted_by"], told["noted_at"]) == ("张三", "2020年4月3日 10:00")
    assert told["notice_paper"] == "东区人社局公示〔2020〕1号"


def test_the_proof_lies_in_the_volume_behind_the_notice(desk: PayDesk, number: str, tmp_path: Path) -> None:
    batch = publish(desk, number)
    with desk.register.writing(desk.acting) as context:
        publishing.note_page(context, batch, ADDRESS, PROOF)
        of_publicity_batch.issue(context, batch, tmp_path)
        issuing.issue(context, number, ["page-proof"], tmp_path)
        names = [line["name"] for line in contents(context, number)]
    place = names.index("公示网页存证单")
    assert "公示" in str(names[place - 1])
