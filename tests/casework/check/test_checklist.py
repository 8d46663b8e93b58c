"""What is missing of an application is counted, told at once, and waited for until the day that was told."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pxtui.casework.check import checklist
from pxtui.casework.check.checklist import MaterialItem
from pxtui.casework.claim.filing import claim_filing, put_claim
from pxtui.casework.desk import queues
from pxtui.casework.lifecycle import cases
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.printed import issuing, reception
from pxtui.casework.printed.asking import Asking
from pxtui.papers.writing.letter import Facts
from pxtui.policy.facts import Evidence, Kind, Material, Trainees
from tests.support.counter import Counter

CONTRACTS = "职工劳动合同复印件"


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def amend(counter: Counter, number: str, **changes: Any) -> None:
    """Another application in the place of the one that is filed."""
    with counter.register.writing(counter.acting) as context:
        filed = opening_filing.filing(context, number)
        about = {key: changes.pop(key) for key in ("kind", "trainees") if key in changes}
        if "kind" in about:
            filed = replace(filed, applicant=replace(filed.applicant, kind=about["kind"]))
        if "trainees" in about:
            filed = replace(filed, training=replace(filed.training, trainees=about["trainees"]))
        opening_filing.amend(context, number, replace(filed, **changes))


def items(counter: Counter, number: str) -> dict[Material, MaterialItem]:
    with counter.register.reading(counter.acting) as context:
        return {item.material: item for item in checklist.checklist(context, number)}


def missing(counter: Counter, number: str) -> dict[Material, str]:
    return {material: item.missing for material, item in items(counter, number).items() if item.missing}


def asking_facts(counter: Counter, number: str) -> Facts:
    with counter.register.reading(counter.acting) as context:
        asking = Asking(context, cases.find(context, number))
        return reception.correction_notice(asking).facts


def due(counter: Counter, number: str) -> date | None:
    with counter.register.reading(counter.acting) as context:
        return queues.cases(context).due.get(number)


@pytest.mark.parametrize(
    ("kind", "trainees", "wanted"),
    [
        (Kind.ENTERPRISE, Trainees.EMPLOYEES, {Material.BUSINESS_LICENCE, Material.LABOUR_CONTRACTS}),
        (Kind.ENTERPRISE, Trainees.KEY_GROUPS, {Material.BUSINESS_LICENCE, Material.IDENTITY_PROOFS}),
        (Kind.TRAINING_INSTITUTION, Trainees.KEY_GROUPS, {Material.IDENTITY_PROOFS}),
    ],
)
def test_who_applies_for_whom_decides_what_is_wanted(
    counter: Counter, kind: Kind, trainees: Trainees, wanted: set[Material]
) -> None:
    number = counter.file()
    amend(counter, number, kind=kind, trainees=trainees, materials=frozenset())
    assert missing(counter, number) == dict.fromkeys({Material.ATTACHMENT_1, Material.ATTACHMENT_2} | wanted, "未交")


def test_there_is_a_contract_for_everybody_once_they_are_counted(counter: Counter) -> None:
    number = counter.file()
    assert missing(counter, number) == {}
    amend(counter, number, proof_copies=1)
    assert missing(counter, number) == {Material.LABOUR_CONTRACTS: "少2份"}
    amend(counter, number, proof_copies=3)
    assert missing(counter, number) == {}
    amend(counter, number, proof_copies=0)
    assert missing(counter, number) == {Material.LABOUR_CONTRACTS: "少3份"}


def test_copies_are_of_what_was_handed_in(counter: Counter) -> None:
    number = counter.file()
    amend(counter, number, proof_copies=1)
    amend(counter, number, trainees=Trainees.KEY_GROUPS, materials=frozenset(Material), proof_copies=2)
    counted = {material: item.copies for material, item in items(counter, number).items() if item.copies is not None}
    assert counted == {Material.IDENTITY_PROOFS: 2}


def test_the_claim_has_its_own_four_and_says_what_the_records_lack(counter: Counter) -> None:
    number = counter.claimed()
    assert missing(counter, number) == {}
    counter.do(number, Action.RETURN, opinion="材料不全")
    with counter.register.writing(counter.acting) as context:
        filing = claim_filing(context, number)
        lean = replace(
            filing,
            materials=filing.materials - {Material.COST_VOUCHERS},
            evidence=frozenset(Evidence) - {Evidence.SIGN_IN},
        )
        put_claim(context, number, lean)
    assert missing(counter, number) == {Material.COST_VOUCHERS: "未交", Material.TEACHING_RECORDS: "缺签到注册"}


def test_the_correction_notice_tells_missing_papers_and_copies_at_once(counter: Counter) -> None:
    number = counter.file()
    amend(
        counter,
        number,
        proof_copies=2,
        materials=frozenset({Material.ATTACHMENT_1, Material.ATTACHMENT_2, Material.LABOUR_CONTRACTS}),
    )
    lines = asking_facts(counter, number).tables["defects"]
    assert [(line["seq"], line["item"], line["remedy"]) for line in lines] == [
        (1, "企业营业执照复印件", "请补交复印件1份"),
        (2, CONTRACTS, "请补交1份"),
    ]
    assert lines[1]["fault"] == "每人1份，应有3份，收到2份，少1份"


def test_too_few_copies_alone_are_told_and_hold_up_the_acceptance(counter: Counter) -> None:
    number = counter.file()
    amend(counter, number, proof_copies=2)
    counter.do(number, Action.SUBMIT)
    with counter.register.reading(counter.acting) as context:
        asking = Asking(context, cases.find(context, number))
        assert reception.no_defects(asking) == ""
        assert reception.not_acceptable(asking) == f"{CONTRACTS}少1份"
        receipt = reception.material_receipt(asking).facts.tables["materials"]
    assert [(line["copies"], line["remark"]) for line in receipt if line["material"] == CONTRACTS] == [(3, "收2份")]


def test_the_term_that_was_told_is_the_one_that_is_watched(counter: Counter, tmp_path: Path) -> None:
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, correction_days=3)
    number = counter.file()
    amend(counter, number, proof_copies=2)
    counter.do(number, Action.SUBMIT, Action.RETURN, opinion="合同不全")
    # Monday 16 March: three working days; told two days later, the term begins anew.
    assert due(counter, number) == date(2020, 3, 19)
    counter.day = date(2020, 3, 18)
    with counter.register.writing(counter.acting) as context:
        issuing.issue(context, number, ["correction-notice"], tmp_path)
    assert due(counter, number) == date(2020, 3, 23)
    assert asking_facts(counter, number).values["until_day"] == date(2020, 3, 23)


def test_the_promise_counts_from_the_corrected_hand_in(counter: Counter) -> None:
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, opening_days=2)
    number = counter.file()
    counter.do(number, Action.SUBMIT)
    assert due(counter, number) == date(2020, 3, 18)
    counter.do(number, Action.RETURN, opinion="补盖章")
    counter.day = date(2020, 3, 20)
    counter.do(number, Action.SUBMIT)
    assert due(counter, number) == date(2020, 3, 24)
    with counter.register.reading(counter.acting) as context:
        values = reception.material_receipt(Asking(context, cases.find(context, number))).facts.values
    assert (values["promised_days"], values["finish_day"]) == (2, date(2020, 3, 24))


def test_the_promise_for_the_claim_is_not_that_of_a_returned_opening(counter: Counter) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.RETURN, Action.SUBMIT, opinion="补盖章")
    counter.do(number, Action.RETURN, opinion="再补")
    counter.claimed(number)
    # Ten working days after Friday 3 April, the holiday of 6 April left out.
    assert due(counter, number) == date(2020, 4, 20)
