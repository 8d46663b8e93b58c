"""What was judged once can be judged again: the facts come back exactly, but for the platform passwords."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pxtui.policy import frozen
from pxtui.policy.bundle import read_bundle
from pxtui.policy.deductions import ByHand
from pxtui.policy.facts import ApplicationKind, Delivery, Level, Material, PastTraining, Size
from pxtui.policy.judgement import judge
from pxtui.policy.parameters import shipped_rulebook
from tests.policy.test_bundles import BUNDLES, CLAIM

PATHS = sorted(BUNDLES.glob("bundle-*.json"))
OF_BEFORE = (
    '{"application":{"stage":"claim","decided_on":"2020-04-08","lifted_on":null,"office":"dongqu","opened_by":"dongqu",'
    '"applicant":{"name":"攀枝花市金沙职业培训学校","credit_code":"91510402QQUE5DU4X4","kind":"enterprise",'
    '"size":"medium","group":null,"vanadium_titanium_zone":false,"county":"510411"},"training":{"trainees":"employees",'
    '"occupation":"焊工","level":"4","format":"purchased","fee":"paid","main_business":true,"platform":" ",'
    '"provider":null,"starts_on":"2020-02-10","ends_on":"2020-02-19","course_hours":"32"},'
    '"materials":["attachment-3","cost-vouchers"],"evidence":["final-exam","sign-in"],"roster":[{"seq":1,"name":"杨平",'
    '"sex":"男","age":57,"id_number":"510403196302049810","phone":"138 0000 1234","remark":"","course_hours":"16.0",'
    '"completed_hours":"32","account":"u002","password":"","passed":true},{"seq":2,"name":"马静","sex":null,"age":null,'
    '"id_number":"","phone":"","remark":"","course_hours":null,"completed_hours":null,"account":"","password":"",'
    '"passed":null}],"opening_roster":["510403196302049810"],"purchased_heads":3,"vouchers":[{"number":"04510020002",'
    '"issued_on":"2020-03-22","payer":"攀枝花市金沙职业培训学校","payee":"别的培训机构","amount_fen":-60000}],'
    '"vouchers_used":[],"history":[{"id_number":"510403196302049810","occupation":"钳工","level":"5",'
    '"starts_on":"2020-12-31","ends_on":null,"delivery":"offline","subsidised":true,"paid":false,"source":"补录"}]},'
    '"by_hand":{"1":{"code":"21","found":"查实未参加培训"}}}'
)
"""As version 0 wrote it, before one codec wrote all frozen values."""


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_facts_of_a_bundle_come_back(path: Path) -> None:
    rules = shipped_rulebook()
    application = read_bundle(path.read_text(encoding="utf-8"), rules.latest)
    by_hand = {3: ByHand("21", "查实未参加培训")}
    again, taken_off = frozen.read(frozen.written(application, by_hand))
    people = tuple(replace(row, password="") for row in application.roster)
    assert again == replace(application, roster=people)
    assert taken_off == by_hand
    assert judge(again, rules) == judge(application, rules)


def test_no_password_is_kept() -> None:
    application = read_bundle(CLAIM.read_text(encoding="utf-8"), shipped_rulebook().latest)
    people = tuple(replace(row, password="Px-geheim") for row in application.roster)
    assert "Px-geheim" not in frozen.written(replace(application, roster=people), {})


def test_the_facts_of_a_register_of_before_are_read_to_the_letter() -> None:
    application, by_hand = frozen.read(OF_BEFORE)
    assert (application.stage, application.decided_on, application.applicant.size) == (
        ApplicationKind.CLAIM,
        date(2020, 4, 8),
        Size.MEDIUM,
    )
    assert (application.applicant.group, application.lifted_on, application.training.provider) == (None, None, None)
    assert str(application.roster[0].course_hours) == "16.0"
    assert (application.roster[1].completed_hours, application.roster[1].passed) == (None, None)
    assert application.materials == {Material.ATTACHMENT_3, Material.COST_VOUCHERS}
    assert application.vouchers[0].amount_fen == -60000
    assert application.history == (
        PastTraining(
            "510403196302049810", "钳工", Level.FIVE, date(2020, 12, 31), None, Delivery.OFFLINE, True, False, "补录"
        ),
    )
    assert by_hand == {1: ByHand("21", "查实未参加培训")}


def test_what_is_written_today_is_what_was_written_before() -> None:
    with_sources = OF_BEFORE.replace('"source":"补录"}]}', '"source":"补录"}],"voucher_sources":[]}')
    assert frozen.written(*frozen.read(OF_BEFORE)) == with_sources


@pytest.mark.parametrize(
    ("there", "damaged"),
    [
        ('"decided_on":"2020-04-08"', '"decided_on":"2020-04-31"'),
        ('"decided_on":"2020-04-08",', ""),
        ('"size":"medium"', '"size":"middling"'),
        ('"course_hours":"16.0"', '"course_hours":"many"'),
        ('"amount_fen":-60000', '"amount_fen":"-60000"'),
        ('"found":"查实未参加培训"', '"found":"查实未参加培训","seen":1'),
        ('{"application"', '["application"'),
    ],
)
def test_a_damaged_text_is_not_read_as_something_else(there: str, damaged: str) -> None:
    assert there in OF_BEFORE
    with pytest.raises(ValueError, match=r"\d+ validation error"):
        frozen.read(OF_BEFORE.replace(there, damaged))
