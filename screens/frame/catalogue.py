"""All screens by name. Only the app imports them: a screen opens another one by its name.

Each is imported when it is first opened, and what it brings along with it: the desk stands without the papers.
"""

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import Any

from screens.frame.takes_keys import TakesKeys

_PLACES = {
    "welcome": ("start.welcome", "Welcome"),
    "who": ("start.who", "Who"),
    "sign_in": ("start.sign_in", "SignIn"),
    "desk": ("desk.desk", "Desk"),
    "intake": ("application.intake", "Intake"),
    "roster": ("roster.roster", "Roster"),
    "preview": ("roster.import_preview", "Preview"),
    "learning_preview": ("roster.learning_preview", "LearningPreview"),
    "identity": ("roster.two_names", "Identity"),
    "second_keying": ("roster.second_keying", "SecondKeying"),
    "differences": ("roster.second_keying", "Differences"),
    "eligibility": ("decision.check", "Eligibility"),
    "signs": ("decision.signs", "Signs"),
    "spot_check": ("decision.spot_check", "SpotCheck"),
    "approval": ("decision.approval", "Approval"),
    "correcting": ("decision.correction", "Correcting"),
    "changing": ("decision.class_change", "Changing"),
    "calendar": ("desk.year_calendar", "YearCalendar"),
    "shift": ("desk.shift", "Shift"),
    "learning": ("roster.learning", "Learning"),
    "claim": ("application.claim", "Claim"),
    "vouchers": ("application.vouchers", "Vouchers"),
    "publicity": ("money.publicity", "Publicity"),
    "payment": ("money.payment", "Payment"),
    "papers": ("desk.papers", "Papers"),
    "menu": ("desk.menu", "Menu"),
    "office": ("office.office", "Office"),
    "office_form": ("office.entry_form", "EntryForm"),
    "staff": ("office.staff", "StaffPage"),
    "trainings": ("office.trainings", "TrainingsPage"),
    "tariffs": ("office.tariffs", "TariffsPage"),
    "settings": ("office.settings", "SettingsPage"),
    "funds": ("office.funds", "FundsPage"),
    "lifting": ("office.lifting", "LiftingPage"),
    "exchange": ("office.exchange", "ExchangePage"),
    "source_changes": ("office.source_changes", "SourceChangesPage"),
    "staff_changes": ("office.staff_changes", "StaffChangesPage"),
    "outside_lists": ("lists.outside_lists", "OutsideListsPage"),
    "list_hits": ("lists.list_hits", "ListHitsPage"),
    "reports": ("office.reports", "Reports"),
    "wordings": ("office.wordings", "WordingsPage"),
    "backups": ("office.backups", "BackupsPage"),
    "statistics": ("supervision.statistics", "StatisticsPage"),
    "find": ("profiles.find", "Find"),
    "enterprise": ("profiles.enterprise", "Enterprise"),
    "platform": ("profiles.platform", "Platform"),
    "person": ("profiles.person", "Person"),
    "conflict": ("frame.conflict", "Conflict"),
    "help": ("frame.help", "Help"),
}
"""Module and class."""


def load(name: str) -> Callable[..., TakesKeys]:
    """A screen by its name, imported."""
    module, class_name = _PLACES[name]
    found: Callable[..., TakesKeys] = getattr(import_module(f"screens.{module}"), class_name)
    return found


def _made(name: str, *arguments: object) -> TakesKeys:
    return load(name)(*arguments)


ROOMS: Mapping[str, Callable[..., TakesKeys]] = {name: partial(_made, name) for name in _PLACES}


def resumed(draft: dict[str, Any]) -> TakesKeys:
    """The screen that a draft was kept from, with what was in hand: back to where a cut line left off."""
    name = draft["screen"]
    # A form keeps its values, a sheet also the row that they stand in.
    in_hand = draft["values"] if name in ("intake", "claim") else draft
    return ROOMS[name](draft["number"], in_hand)
