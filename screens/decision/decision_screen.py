"""What approval and class change share: what is known of the case above, and below it the form that decides."""

from collections.abc import Iterable, Sequence

from screens.entry.effects import InputRefused
from screens.entry.fields import Field, Values
from screens.entry.form_engine import Finished, FormEffect
from screens.frame.case import CaseScreen
from screens.widgets.form import Form
from screens.widgets.pane import Pane
from screens.widgets.prose import Prose


class DecisionScreen(CaseScreen):
    """A text over a form; Enter in the last field of the form decides."""

    step = 4
    form_height = 0
    """Lines."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self._prose = Prose()
        self._form: Form | None = None
        self._nothing = Prose()

    def decide(self) -> None:
        """Do what the form says."""
        raise NotImplementedError

    @property
    def pane(self) -> Pane:
        """The form; nothing until it is known what can be decided."""
        return self._form or self._nothing

    def body(self) -> Iterable[Pane]:
        """The text."""
        return (self._prose,)

    @property
    def form(self) -> Form:
        """The form; only where it stands."""
        assert self._form is not None
        return self._form

    @property
    def has_form(self) -> bool:
        """Whether the form stands."""
        return self._form is not None

    def show_form(self, fields: Sequence[Field], values: Values) -> None:
        """Put the form below the text."""
        self._form = Form(fields, values, self.follow)
        self._form.styles.height = self.form_height
        self.query_one("#body").mount(self._form)
        self.call_after_refresh(self.place_cursor)

    def follow(self, effect: FormEffect) -> None:
        """What the engine asks for."""
        if isinstance(effect, InputRefused):
            self.refuse(effect)
        elif isinstance(effect, Finished):
            self.decide()
