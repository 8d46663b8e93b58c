"""Where a register keeps what: the database, its key apart from it, drafts, papers and the fault log."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class Home:
    """The data folder of one register."""

    root: Path

    @property
    def register(self) -> Path:
        """The database."""
        return self.root / "register" / "register.sqlite"

    @property
    def key(self) -> Path:
        """The key of the sealed fields: never in the folder that is copied as a backup."""
        return self.root / "keys" / "register.key"

    @property
    def exchange_key(self) -> Path:
        """The private keys by which the office signs and reads what offices exchange."""
        return self.root / "keys" / "exchange.key"

    @property
    def backup_key(self) -> Path:
        """The public key that backups are sealed for; the private one is kept off the machine."""
        return self.root / "keys" / "backup.pub"

    @property
    def backups(self) -> Path:
        """The daily backups, sealed, with their list."""
        return self.root / "backups"

    @property
    def drafts(self) -> Path:
        """What was being typed when a line broke."""
        return self.root / "drafts"

    @property
    def papers(self) -> Path:
        """The workbooks that were issued, a folder a case."""
        return self.root / "papers"

    @property
    def inbox(self) -> Path:
        """Files that came in for the office, which clerks over a server's line read from."""
        return self.root / "inbox"

    @property
    def inboxes(self) -> Path:
        """By clerk's name, files that came in for one alone."""
        return self.root / "inboxes"

    @property
    def outbox(self) -> Path:
        """Files that clerks over a server's line have written for others."""
        return self.root / "outbox"

    @property
    def wording(self) -> Path:
        """The office's own wording of papers, a file a paper; empty or missing: ours."""
        return self.root / "wording"

    @property
    def templates(self) -> Path:
        """The office's own workbooks in the place of our layouts, a file a paper."""
        return self.root / "templates"

    @property
    def platforms(self) -> Path:
        """What platforms call the columns of their records, in the office's own words; it need not be there."""
        return self.root / "platforms.toml"

    @property
    def fault_log(self) -> Path:
        """What went wrong inside the program, by number."""
        return self.root / "faults.log"


def home() -> Home:
    """The folder that `PXTUI_HOME` names, else the platform's folder for a user's data."""
    named = os.environ.get("PXTUI_HOME", "")
    return Home(Path(named).expanduser() if named else Path(platformdirs.user_data_dir("pxtui", False)))


def practice_home() -> Home:
    """The practice register's folder, beside the real one and never in it."""
    here = home()
    return Home(here.root.with_name(f"{here.root.name}-practice"))
