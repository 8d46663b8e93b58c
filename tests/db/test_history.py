"""Whose trainings count, and whose vouchers were keyed first."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from db.engine import Archive
from db.history import KnownTraining, Stages, trainings_of, vouchers_that_end_alike, where_vouchers_are_used
from db.models import EarlierTraining, Enrolment, Stage, UsedVoucher, Voucher
from db.seal import Vault
from tests.db.test_models import a_case
from tests.support import on_server

STAGES = Stages(
    counted=frozenset({Stage.OPENED, Stage.CLAIM_APPROVED, Stage.PAID}),
    by_claim=frozenset({Stage.CLAIM_APPROVED, Stage.PAID}),
    paid=frozenset({Stage.PAID}),
)


def _key(number: int) -> bytes:
    return number.to_bytes(16, "big")


def _enrol(session: Session, case_id: int, application: str, approved: bool | None, id_key: bytes | None) -> None:
    session.add(
        Enrolment(
            case_id=case_id,
            application=application,
            position=0,
            seq=1,
            name="李四",
            id_key=id_key,
            approved=approved,
        )
    )


@pytest.mark.parametrize(
    ("stage", "opening", "claim", "counts", "paid"),
    [
        ("draft", None, None, False, False),
        ("draft", True, None, False, False),
        (Stage.OPENED, True, None, True, False),
        (Stage.OPENED, False, None, False, False),
        (Stage.OPENED, None, None, False, False),
        (Stage.OPENED, False, True, False, False),
        (Stage.CLAIM_APPROVED, True, True, True, False),
        (Stage.CLAIM_APPROVED, True, False, False, False),
        (Stage.PAID, True, True, True, True),
        (Stage.PAID, True, None, False, False),
    ],
)
def test_a_filed_case_counts_for_its_approved_people(
    stage: Stage, opening: bool | None, claim: bool | None, counts: bool, paid: bool, archive: Archive
) -> None:
    with archive.writing() as session:
        case = a_case(session, stage=stage)
        _enrol(session, case.id, "opening", opening, _key(1))
        _enrol(session, case.id, "claim", claim, _key(1))
    training = KnownTraining(
        id_key=_key(1),
        occupation="焊工",
        level="5",
        starts_on=date(2020, 3, 20),
        ends_on=date(2020, 4, 2),
        delivery="online",
        subsidised=True,
        paid=paid,
        source="线培〔2020〕DQ-0017",
        case_id=case.id,
    )
    with archive.reading() as session:
        found = trainings_of(session, [_key(1), _key(2)], except_case=None, stages=STAGES)
        assert found == ([training] if counts else [])
        assert trainings_of(session, [_key(1)], except_case=case.id, stages=STAGES) == []


def test_an_earlier_training_comes_back_exactly_for_its_person_only(archive: Archive, vault: Vault) -> None:
    def earlier(id_key: bytes | None) -> EarlierTraining:
        return EarlierTraining(
            id_key=id_key,
            occupation="电 工",
            starts_on=date(2019, 12, 30),
            delivery="offline",
            subsidised=False,
            paid=True,
            source="仁和区2019年台账",
        )

    with archive.writing() as session:
        session.add_all([earlier(_key(1)), earlier(_key(3)), earlier(None)])
    known = KnownTraining(_key(1), "电 工", None, date(2019, 12, 30), None, "offline", False, True, "仁和区2019年台账")
    with archive.reading() as session:
        assert trainings_of(session, [_key(1), _key(2)], except_case=None, stages=STAGES) == [known]
        assert trainings_of(session, [], except_case=None, stages=STAGES) == []


def test_of_more_people_than_one_statement_takes_nobody_is_forgotten_or_told_twice(archive: Archive) -> None:
    keys = [_key(number) for number in range(2000)]
    with archive.writing() as session:
        session.add_all(
            EarlierTraining(
                id_key=key, occupation="", starts_on=date(2019, 1, 1), delivery="", subsidised=True, paid=True
            )
            for key in keys
        )
    with archive.reading() as session:
        found = trainings_of(session, keys + keys, except_case=None, stages=STAGES)
    assert sorted(training.id_key for training in found) == keys


def _voucher(case_id: int, position: int, key: str) -> Voucher:
    return Voucher(
        case_id=case_id,
        position=position,
        number=f"№{key}",
        number_key=key,
        number_tail=key[-8:],
        issued_on=date(2020, 4, 1),
        payer="",
        payee="",
        amount_fen=1,
    )


def test_a_voucher_is_told_to_the_case_that_keyed_it_later(archive: Archive) -> None:
    with archive.writing() as session:
        first, second = a_case(session, 1).id, a_case(session, 2).id
        for case_id, position, key in [(first, 0, "A"), (second, 0, "A"), (second, 1, "B"), (first, 1, "B")]:
            session.add(_voucher(case_id, position, key))
            session.flush()
        session.add_all(
            [_voucher(first, 2, ""), _voucher(second, 2, ""), _voucher(first, 3, "C"), _voucher(first, 4, "C")]
        )
        session.add(UsedVoucher(number="Ｄ", number_key="D", source="仁和区"))
    asked = ["A", "B", "C", "D", "E", ""]
    with archive.reading() as session:
        assert {*where_vouchers_are_used(session, asked, except_case=first)} == {"B", "D"}
        assert {*where_vouchers_are_used(session, asked, except_case=second)} == {"A", "C", "D"}
        assert {*where_vouchers_are_used(session, asked, except_case=None)} == {"A", "B", "C", "D"}
        assert {*where_vouchers_are_used(session, ["B"], except_case=first)} == {"B"}


SHORT, WITH_CODE, FULLY_DIGITAL = "04412001", "510020000104412001", "05100200000104412001"


def test_one_invoice_with_its_code_and_without_is_told_to_the_case_that_keyed_it_later(archive: Archive) -> None:
    with archive.writing() as session:
        first, second, third = (a_case(session, serial).id for serial in (1, 2, 3))
        for case_id, position, key in [
            (first, 0, SHORT),
            (first, 1, "04412002"),
            (second, 0, WITH_CODE),
            (third, 0, "04412002"),
        ]:
            session.add(_voucher(case_id, position, key))
            session.flush()
    with archive.reading() as session:
        tails = [SHORT, "04412003", ""]
        assert vouchers_that_end_alike(session, tails, except_case=first) == {}
        assert vouchers_that_end_alike(session, tails, except_case=second) == {SHORT: f"№{SHORT}"}
        assert vouchers_that_end_alike(session, tails, except_case=third) == {}
        known = {SHORT: f"№{SHORT}", WITH_CODE: f"№{WITH_CODE}"}
        assert vouchers_that_end_alike(session, tails, except_case=None) == known


def test_what_a_list_says_is_used_is_told_by_its_end_to_every_case(archive: Archive) -> None:
    with archive.writing() as session:
        case_id = a_case(session, 1).id
        session.add(_voucher(case_id, 0, SHORT))
        session.add(UsedVoucher(number="代码", number_key=FULLY_DIGITAL, number_tail=SHORT, source="仁和区"))
        session.add(UsedVoucher(number="回单", number_key="HD1", source="仁和区"))
    with archive.reading() as session:
        assert vouchers_that_end_alike(session, [SHORT, ""], except_case=case_id) == {FULLY_DIGITAL: "代码"}


def test_vouchers_are_found_by_their_end_without_walking_through_all(archive: Archive) -> None:
    on_server.skip_there(on_server.OF_THE_PLANNER)
    asked: list[tuple[str, Any]] = []

    def keep(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    with archive.reading() as session:
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", keep)
        vouchers_that_end_alike(session, [SHORT], except_case=1)
        event.remove(connection, "before_cursor_execute", keep)
        plans = [
            str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all())
            for statement, parameters in asked
        ]
    assert ["ix_used_voucher_number_tail" in plans[0], "ix_voucher_number_tail" in plans[1]] == [True, True]
    assert "SCAN" not in str(plans)
