"""Two clerks who act in the same moment, each at a register of his own over the same file."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.register import Register, open_register
from pxtui.errors import PxtuiError

_PATIENCE = 20
"""Seconds until a thread that never comes is a failure."""


def at_once(register: Register, acts: dict[Acting, Callable[[Context], object]]) -> list[str]:
    """Let everybody act in the same moment; what was refused, a sentence each."""
    start = Barrier(len(acts))

    def act(acting: Acting, what: Callable[[Context], object]) -> str:
        own = open_register(register.home, acting.at)
        try:
            start.wait(_PATIENCE)
            with own.writing(acting) as context:
                what(context)
        except PxtuiError as refused:
            return refused.sentence
        finally:
            own.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as clerks:
        answers = [clerks.submit(act, acting, what) for acting, what in acts.items()]
        return [answer.result() for answer in answers if answer.result()]
