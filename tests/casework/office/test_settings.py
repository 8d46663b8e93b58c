"""The settings of an office are read back to whoever sets them."""

from dataclasses import fields, replace
from typing import Any

import pytest

from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.office.settings import Settings
from pxtui.errors import PxtuiError

DAYS = ("correction_days", "opening_days", "claim_days")
OTHERS: dict[type, Any] = {int: 17, str: "0812-3322110"}
"""Another value than the default, by its type."""


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_every_setting_is_told(name: str) -> None:
    before = Settings()
    now = getattr(before, name)
    changed: dict[str, Any] = {name: not now if isinstance(now, bool) else OTHERS[type(now)]}
    assert replace(before, **changed).in_words != before.in_words


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"fraud_years": 0}, "骗取补贴的标注期0年不在1至"),
        ({"fraud_years": 31}, "骗取补贴的标注期31年不在1至"),
        ({"second_keying_share": -1}, "二次录入的比例-1不在0至100之间"),
        ({"second_keying_share": 101}, "二次录入的比例101不在0至100之间"),
        *(({name: 0}, "期限0个工作日不在1至") for name in DAYS),
        *(({name: 61}, "期限61个工作日不在1至") for name in DAYS),
        ({"office_phone": "打电话"}, "电话“打电话”不是号码"),
        ({"supervision_phone": "12333转"}, "电话“12333转”不是号码"),
    ],
)
def test_a_setting_that_nobody_means_is_refused_and_the_others_stay(
    register: Register, acting: Acting, wanted: dict[str, Any], sentence: str
) -> None:
    with register.writing(acting) as context, pytest.raises(PxtuiError, match=sentence):
        office_settings.change(context, address="攀枝花市东区人民街1号", **wanted)
    with register.reading(acting) as context:
        assert office_settings.settings(context) == Settings()


@pytest.mark.parametrize(
    "wanted",
    [
        {"fraud_years": 1},
        {"fraud_years": 30},
        {"second_keying_share": 0},
        {"second_keying_share": 100},
        *({name: days} for name in DAYS for days in (1, 60)),
    ],
)
def test_the_ends_of_a_range_belong_to_it(register: Register, acting: Acting, wanted: dict[str, Any]) -> None:
    with register.writing(acting) as context:
        assert office_settings.change(context, **wanted) == replace(Settings(), **wanted)


def test_the_hosts_of_notices_are_names_of_hosts_and_nothing_else(register: Register, acting: Acting) -> None:
    with register.writing(acting) as context:
        changed = office_settings.change(context, notice_hosts=" RSJ.example.org，example.org ")
        assert changed.notice_hosts == "rsj.example.org,example.org"
        with pytest.raises(PxtuiError, match=r"“https://example\.org/gs”不是网站的主机名"):
            office_settings.change(context, notice_hosts="https://example.org/gs")
