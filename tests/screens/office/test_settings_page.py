"""The page of the settings: each with its name, its value and its use; a value that cannot be is refused."""

from dataclasses import fields
from typing import Any

import pytest

from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.office.settings import Settings
from pxtui.casework.staff import changes, members
from screens.office.setting_fields import SETTINGS
from tests.support.counter import Counter
from tests.support.pages import seen
from tests.support.people import id_of

PLACES = {setting.key: place for place, setting in enumerate(SETTINGS)}
CHANGES: dict[str, tuple[tuple[str, ...], object]] = {
    "office_phone": (("=0812-3322110",), "0812-3322110"),
    "supervision_phone": (("=12333",), "12333"),
    "address": (("=攀枝花市东区人民街1号",), "攀枝花市东区人民街1号"),
    "notice_hosts": (("=rsj.panzhihua.gov.cn，www.example.cn",), "rsj.panzhihua.gov.cn,www.example.cn"),
    "correction_days": (("=7",), 7),
    "opening_days": (("=6",), 6),
    "claim_days": (("=12",), 12),
    "tail_sum_wanted": (("=1",), True),
    "second_keying_share": (("=20",), 20),
    "duties_apart": (("=1",), True),
    "fraud_years": (("=5",), 5),
    "second_signature_from_fen": (("=50000",), 5_000_000),
    "sign_in_wanted": (("=2",), False),
    "signs_decided": (("=1",), True),
    "spot_check_wanted": (("=1",), True),
}
"""By setting: what is keyed, and what it is then."""


@pytest.fixture
def clerk(register: Register) -> Counter:
    made = Counter(register)
    made.hire_colleagues()
    with register.writing(made.acting) as context:
        for place, name in enumerate(members.names(context)):
            changes.identify(context, name, id_of(place))
    return made


def page(clerk: Counter, *keys: str) -> list[str]:
    return seen(clerk.register, clerk, "settings", *keys)


def changed(clerk: Counter, key: str, *keys: str) -> list[str]:
    return page(clerk, *["down"] * PLACES[key], "enter", *keys, "enter")


def settings(clerk: Counter) -> Settings:
    with clerk.register.reading(clerk.acting) as context:
        return office_settings.settings(context)


def test_every_setting_of_the_office_stands_on_the_page() -> None:
    assert sorted(PLACES) == sorted(field.name for field in fields(Settings)) == sorted(CHANGES)
    assert all(setting.name and setting.does for setting in SETTINGS)


def test_each_is_shown_with_its_value(clerk: Counter) -> None:
    with clerk.register.writing(clerk.acting) as context:
        office_settings.change(context, office_phone="0812-3322110", correction_days=7, tail_sum_wanted=True)
    # In a small window the list goes on below.
    shown = [line.split() for line in seen(clerk.register, clerk, "settings", rows=36)[5 : 5 + len(SETTINGS)]]
    assert [name for name, *_ in shown] == [setting.name for setting in SETTINGS]
    values = {name: value for name, value, *_ in shown}
    assert (values["本部门电话"], values["监督电话"], values["补正期限"]) == ("0812-3322110", "未填", "7个工作日")
    assert (values["末四位合计"], values["岗位分设"], values["骗取补贴标注"]) == ("核对", "不分设", "3年")


def test_what_it_does_is_told_of_the_one_under_the_cursor(clerk: Counter) -> None:
    lines = page(clerk, *["down"] * PLACES["second_keying_share"])
    assert lines[-6:-4] == [" 二次录入：不要求", " 由另一名受理员二次录入花名册的百分之几，0为不要求。"]


def test_in_a_wide_window_the_use_stands_beside_the_value(clerk: Counter) -> None:
    lines = seen(clerk.register, clerk, "settings", columns=120, rows=36)
    assert "印在文书上，单位照此联系。" in lines[5]


@pytest.mark.parametrize("key", sorted(CHANGES))
def test_each_is_changed(clerk: Counter, key: str) -> None:
    keys, value = CHANGES[key]
    lines = changed(clerk, key, *keys)
    setting = SETTINGS[PLACES[key]]
    assert lines[-2].startswith(f" {setting.name}现为")
    wanted: dict[str, Any] = {key: value}
    assert settings(clerk) == Settings(**wanted)
    # The cursor stands where it stood.
    assert lines[-6].startswith(f" {setting.name}：")


def test_what_is_emptied_is_not_set_any_more(clerk: Counter) -> None:
    changed(clerk, "address", "=人民街1号")
    lines = changed(clerk, "address", "delete")
    assert (lines[-2], settings(clerk).address) == (" 本部门地址现为未填。", "")


@pytest.mark.parametrize(
    ("key", "text", "sentence"),
    [
        ("office_phone", "打电话", "电话“打电话”不是号码，请写成0812-3322110或12333"),
        ("notice_hosts", "政府网", "“政府网”不是网站的主机名"),
        ("correction_days", "0", "期限0个工作日不在1至60之间"),
        ("second_keying_share", "101", "二次录入的比例101不在0至100之间"),
        ("fraud_years", "31", "骗取补贴的标注期31年不在1至30之间"),
        ("claim_days", "", "请填写补贴承诺时限"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_stays_in_the_form(
    clerk: Counter, key: str, text: str, sentence: str
) -> None:
    keys = (f"={text}",) if text else ("delete",)
    lines = page(clerk, *["down"] * PLACES[key], "f2", *keys, "ctrl+n")
    assert sentence in lines[-2]
    assert lines[3].startswith(f" 设置：{SETTINGS[PLACES[key]].name}")
    assert text in lines[4]
    assert settings(clerk) == Settings()


def test_duties_are_not_apart_without_an_administrator(register: Register) -> None:
    alone = Counter(register)
    assert "岗位分设要先有管理员：请先在人员一页" in changed(alone, "duties_apart", "=1")[-2]


def test_where_duties_are_apart_only_the_administrator_changes_them(clerk: Counter) -> None:
    with clerk.register.writing(clerk.acting) as context:
        office_settings.change(context, duties_apart=True)
    before = settings(clerk)
    lines = changed(clerk, "address", "=人民街1号")
    assert "本部门设置的改动由管理员办理，您的岗位是受理员" in lines[-2]
    assert "人民街1号" in lines[4]
    assert settings(clerk) == before
    clerk.clerk = "赵六"
    changed(clerk, "address", "=人民街1号")
    assert settings(clerk).address == "人民街1号"
