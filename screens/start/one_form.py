"""A page of one form over prose, below which nothing is shown: before the desk, or over it while it is locked."""

from collections.abc import Iterable, Mapping, Sequence

from screens.entry.effects import InputRefused
from screens.entry.fields import Field
from screens.entry.form_engine import Finished, FormEffect
from screens.frame.screen import Handlers, StepScreen
from screens.widgets.form import Form
from screens.widgets.pane import Pane
from screens.widgets.prose import Prose

_HINT_LINES = 3


class OneFormPage(StepScreen):
    """Esc and the keys that end the program leave it alike."""

    def __init__(self, fields: Sequence[Field], values: Mapping[str, str]) -> None:
        super().__init__()
        self.form = Form(tuple(fields), dict(values), self.follow)
        self.form.styles.height = len(fields) + _HINT_LINES
        self.prose = Prose()

    def handlers(self) -> Handlers:
        """F2 for the form."""
        return {**super().handlers(), "edit": self.do_edit}

    @property
    def pane(self) -> Pane:
        """The form."""
        return self.form

    def body(self) -> Iterable[Pane]:
        """The form and what it is about."""
        return (self.form, self.prose)

    def follow(self, effect: FormEffect) -> None:
        """What the engine asks for."""
        if isinstance(effect, InputRefused):
            self.refuse(effect)
        elif isinstance(effect, Finished):
            self.finish()

    def finish(self) -> None:
        """The last field was left."""
        raise NotImplementedError

    def give_up(self) -> None:
        """Leave it."""
        raise NotImplementedError

    def do_edit(self) -> None:
        """F2."""
        self.form.press("f2")

    def do_back(self) -> None:
        """Esc."""
        self.give_up()

    def wants_to_quit(self) -> None:
        """Nothing is shown below."""
        self.give_up()
