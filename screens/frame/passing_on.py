"""A case that another office decides on, passed on from whichever screen it is seen on."""

from collections.abc import Callable

from screens.frame.prompt import reason_fault
from screens.frame.screen import StepScreen

_SPLASH_AND_DESK = 2


def ask_to_pass_on(screen: StepScreen, number: str, then: Callable[[], None] = lambda: None) -> None:
    """Ask for the reason, which the application's own facts offer, and pass the case on; `then` shows what is left.

    Whoever did it stands at the desk again, for the case is another office's.
    """
    # The desk stands without what decides a case.
    from pxtui.casework.decision import passing_on
    from pxtui.casework.decision.passing_on import Target
    from pxtui.casework.printed import passing_on as with_list
    from pxtui.casework.printed.passing_on import PassedWithList

    def passed(done: PassedWithList) -> None:
        while len(screen.app.screen_stack) > _SPLASH_AND_DESK and not _is_desk(screen.app.screen):
            screen.app.pop_screen()
        then()
        screen.counter.say_next(done.sentence)

    def pass_on(reason: str) -> None:
        screen.write(with_list.pass_on, number, reason, then=passed, hold=True)

    def ask_why(target: Target) -> None:
        screen.ask(f"{number}转{target.name}办理，理由：", pass_on, target.reason, check=reason_fault)

    screen.read(passing_on.target, number, then=ask_why, hold=True)


def _is_desk(screen: object) -> bool:
    return isinstance(screen, StepScreen) and screen.name_in_keymap == "desk"
