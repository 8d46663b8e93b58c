"""A refusal names the colleague whose act came between, and nobody for what the same clerk did."""

from dataclasses import replace

import pytest

from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import versions
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import Register
from pxtui.errors import PxtuiError, Refused
from tests.support.counter import Counter


@pytest.mark.parametrize(("sooner", "named"), [("张三", False), ("李四", True)])
def test_only_a_colleague_is_named_as_sooner(register: Register, sooner: str, *, named: bool) -> None:
    counter = Counter(register)
    counter.hire_colleagues()
    number = counter.file()
    with register.reading(counter.acting) as context:
        since = versions.newest(context)
    replaced = Counter(register)
    replaced.clerk = sooner
    replaced.do(number, Action.SUBMIT)

    def refused(_: Context) -> None:
        raise Refused("已经提交。")

    with pytest.raises(PxtuiError) as told, register.writing(replace(counter.acting, name="张三")) as context:
        versions.attempt(context, since, number, refused)
    assert (sooner in told.value.sentence) is named
    assert told.value.sentence.endswith("已经提交。")
