"""Papers of an office where who works alone signs in without a password say so; others do not."""

from pathlib import Path

import openpyxl
import pytest

from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import settings as office_settings
from pxtui.casework.printed import issuing
from pxtui.home import Home
from tests.conftest import empty_register
from tests.support.counter import Counter


@pytest.mark.parametrize("is_wanted", [True, False])
def test_the_foot_of_every_paper_says_whether_nobody_signs_in(tmp_path: Path, is_wanted: bool) -> None:
    register = empty_register(Home(tmp_path / "office"), is_practice=False)
    counter = Counter(register)
    with register.writing(counter.acting) as context:
        office_settings.change(context, office_phone="0812-3322110", sign_in_wanted=is_wanted)
    number = counter.file()
    counter.do(number, Action.SUBMIT)
    with register.writing(counter.acting) as context:
        issuing.issue(context, number, ["material-receipt"])
    register.close()
    (paper,) = register.home.papers.rglob("*.xlsx")
    footer = openpyxl.load_workbook(paper).worksheets[0].oddFooter
    assert footer is not None
    assert footer.right is not None
    assert ("未设登录口令" in (footer.right.text or "")) is not is_wanted
    assert "未分设岗位" in (footer.right.text or "")
