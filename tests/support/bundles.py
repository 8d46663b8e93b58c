"""A bundle on the day on which it says that it was handed in."""

from datetime import datetime, time
from pathlib import Path

from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.clock import CHINA
from pxtui.policy.bundle import read_bundle
from pxtui.policy.facts import Application
from pxtui.policy.parameters import shipped_rulebook
from tests.support.office import Office


def acting_on_its_day(acting: Acting, application: Application) -> Acting:
    """The same clerk on the day of the bundle."""
    return Acting(acting.name, acting.office, datetime.combine(application.decided_on, time(10), CHINA))


def filed(register: Register, acting: Acting, path: Path) -> str:
    """File a bundle on its day; its number."""
    application = read_bundle(path.read_text(encoding="utf-8"), shipped_rulebook().latest)
    with register.writing(acting_on_its_day(acting, application)) as context:
        return opening_filing.import_bundle(context, application)


def import_on_its_day(office: Office, path: Path) -> str:
    """File a bundle by command on its day, which the office stays at; its number."""
    office.day = str(read_bundle(path.read_text(encoding="utf-8"), shipped_rulebook().latest).decided_on)
    return office.say("case", "import", path)
