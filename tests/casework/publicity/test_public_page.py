"""The address of the page on which a notice stands: a whole web address, on a host that somebody has named."""

import pytest

from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.publicity import public_page
from tests.support.counter import Counter


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org:99999/gs",
        "https://example.org:gs/",
        "https://[example.org/gs",
        "https://[2001:db8::1]/gs",
        "https://10.0.0.1/gs",
        "https://10.1/gs",
        "https://localhost/gs",
        "https:///gs",
        "example.org/gs",
        "https://example.org/公示",
        f"https://example.org/{'g' * 281}",
    ],
)
def test_what_is_no_address_of_a_public_page_is_said_with_what_one_looks_like(address: str) -> None:
    told = f"“{address}”不是网页地址，请填写以 http:// 或 https:// 开头的完整地址。"
    assert public_page.address_fault(address) == told


@pytest.mark.parametrize(
    "address",
    ["https://example.org:65535/gs", "http://EXAMPLE.org", f"https://example.org/{'g' * 280}"],
)
def test_a_whole_address_has_no_fault(address: str) -> None:
    assert public_page.address_fault(address) == ""


def test_it_is_said_that_hosts_are_not_checked_until_the_office_has_set_some(register: Register) -> None:
    counter = Counter(register)
    with register.reading(counter.acting) as context:
        assert public_page.unchecked_host(context).startswith("本部门没有设置公示网站，网址的主机没有核对")
    with register.writing(counter.acting) as context:
        office_settings.change(context, notice_hosts="example.org")
        assert public_page.unchecked_host(context) == ""
