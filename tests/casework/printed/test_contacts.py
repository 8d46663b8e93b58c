"""A paper that says where to ask says it: an office sets its phones and its address before the first of them."""

from pathlib import Path

import pytest

from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.printed import issuing
from pxtui.errors import PxtuiError
from pxtui.home import Home
from tests.conftest import empty_register
from tests.support.counter import Counter

_ALL_AT_ONCE = (
    "不能出具“收件回执”：文书上要印本部门的咨询电话，还没有填写，其他文书要印的监督电话、地址也没有填写；"
    "请在设置一页（F10、0、4）或用 pxtui office set --phone … --supervision-phone … --address … 填写后再出具。"
)


def submitted(register: Register) -> tuple[Counter, str]:
    """A counter, and a case of its office that was handed in."""
    counter = Counter(register)
    number = counter.file()
    counter.do(number, Action.SUBMIT)
    return counter, number


def test_a_receipt_waits_until_the_office_has_a_phone(tmp_path: Path) -> None:
    register = empty_register(Home(tmp_path / "office"), is_practice=False)
    counter, number = submitted(register)
    with (
        pytest.raises(PxtuiError, match=_ALL_AT_ONCE),
        register.writing(counter.acting) as context,
    ):
        issuing.issue(context, number, ["material-receipt"])
    with register.writing(counter.acting) as context:
        assert issuing.issued_before(context, number) == []
        office_settings.change(context, office_phone="0812-3322110")
        assert issuing.issue(context, number, ["material-receipt"])
        assert [paper.number for paper in issuing.issued_before(context, number)] == ["东区人社局收件〔2020〕1号"]
    register.close()


def test_in_practice_nothing_is_asked_for(register: Register) -> None:
    counter, number = submitted(register)
    with register.writing(counter.acting) as context:
        assert issuing.issue(context, number, ["material-receipt"])
