"""The address of the page on which a notice stands: a whole web address, on a host that somebody has named."""

import pytest
from rich.cells import cell_len

from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.publicity import public_page
from tests.support.counter import Counter


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org:99999/gs",
        "https://example.org/公 示",
        "https://example.org:gs/",
        "https://[example.org/gs",
        "https://[2001:db8::1]/gs",
        "https://10.0.0.1/gs",
        "https://10.1/gs",
        "https://localhost/gs",
        "https:///gs",
        "https://example.org/公示",
        f"https://example.org/{'g' * 281}",
    ],
)
def test_what_is_no_address_of_a_public_page_is_refused(address: str) -> None:
    assert public_page.address_fault(address) == "不是网页地址，请核对网址。"


@pytest.mark.parametrize(
    "address", ["example.org/gs", "www.example.org/gs/20200409.html", "ftp://example.org/", "公示", ""]
)
def test_how_an_address_begins_is_said_so_shortly_that_the_keyed_one_stands_beside_it(address: str) -> None:
    fault = public_page.address_fault(address)
    assert fault == "网址以 http:// 或 https:// 开头。"
    assert cell_len(fault) < 40


def test_whoever_reads_that_no_host_is_set_is_led_to_its_page(register: Register) -> None:
    counter = Counter(register)
    with register.reading(counter.acting) as context:
        assert public_page.unchecked_host(context).endswith("（F10、0、4设置）。")


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
