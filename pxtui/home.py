"""Where a register keeps what: the database, its key apart from it, drafts, papers and the fault log."""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

from pxtui.errors import Refused
from pxtui.program_settings import DATABASE, HOME

_SCHEMES = ("postgresql://", "postgres://")
_OTHERS = 0o077
DATABASE_URL = DATABASE.file
"""The file in a data folder that says on which server its tables are; without it they are in the folder."""


@dataclass(frozen=True, slots=True)
class Server:
    """A database on a PostgreSQL server."""

    url: str
    """As libpq reads it, several hosts and all."""

    def __str__(self) -> str:
        """Hosts and database, without the account, which may have its password beside it."""
        parts = urlsplit(self.url)
        return f"{parts.netloc.rpartition('@')[2]}{parts.path}" or "PostgreSQL"


Database = Path | Server
"""Where the tables of a register are: a file of SQLite, or a database on a server."""


@dataclass(frozen=True, slots=True)
class Home:
    """The data folder of one register."""

    root: Path
    server: Server | None = None
    """Where its tables are; None: in a file of the folder."""
    office: str = ""
    """The code of the office whose papers, wording and inbox these are; empty: of that whose register it is."""

    def of_office(self, code: str) -> "Home":
        """The same register with the folders of an office: `offices/CODE` in the data folder; empty: its own."""
        return replace(self, office=code)

    @property
    def offices(self) -> Path:
        """The folders of the other offices that keep this register, each by its code."""
        return self.root / "offices"

    @property
    def own(self) -> Path:
        """The folder with what each office has of its own."""
        return self.offices / self.office if self.office else self.root

    @property
    def database(self) -> Database:
        """The tables of the register."""
        return self.server or self.register

    @property
    def register(self) -> Path:
        """The file with the tables, where they are on no server."""
        return self.root / "register" / "register.sqlite"

    @property
    def key(self) -> Path:
        """The key of the sealed fields: never in the folder that is copied as a backup."""
        return self.root / "keys" / "register.key"

    @property
    def exchange_key(self) -> Path:
        """The private keys by which the office signs and reads what offices exchange."""
        return self.root / "keys" / (f"exchange-{self.office}.key" if self.office else "exchange.key")

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
        return self.own / "papers"

    @property
    def inbox(self) -> Path:
        """Files that came in for the office, which clerks over a server's line read from."""
        return self.own / "inbox"

    @property
    def inboxes(self) -> Path:
        """By clerk's name, files that came in for one alone."""
        return self.root / "inboxes"

    @property
    def outbox(self) -> Path:
        """Files that clerks over a server's line have written for others."""
        return self.own / "outbox"

    @property
    def wording(self) -> Path:
        """The office's own wording of papers, a file a paper; empty or missing: ours."""
        return self.own / "wording"

    @property
    def templates(self) -> Path:
        """The office's own workbooks in the place of our layouts, a file a paper."""
        return self.own / "templates"

    @property
    def platforms(self) -> Path:
        """What platforms call the columns of their records, in the office's own words; it need not be there."""
        return self.own / "platforms.toml"

    @property
    def fault_log(self) -> Path:
        """What went wrong inside the program, by number."""
        return self.root / "faults.log"


def home() -> Home:
    """The folder that `PXTUI_HOME` names, else the platform's folder for a user's data; its tables are on the server
    that `PXTUI_DATABASE_URL` names, else the file `database-url` in the folder.

    Raises:
        PxtuiError: they name none, or others may read the file.
    """
    named = os.environ.get(HOME.variable, "")
    root = Path(named).expanduser() if named else Path(platformdirs.user_data_dir("pxtui", False))
    return _home_in(root, os.environ.get(DATABASE.variable, "") or _noted_url(root / DATABASE_URL))


def home_at(root: Path) -> Home:
    """Another data folder than the one in use; its tables are where the file `database-url` in it says, else in it.

    Raises:
        PxtuiError: others may read the file, or it names none.
    """
    return _home_in(root, _noted_url(root / DATABASE_URL))


def is_url(text: str) -> bool:
    """Whether a text names a database on a server, and no folder."""
    return text.startswith(_SCHEMES)


def _home_in(root: Path, url: str) -> Home:
    if url and not is_url(url):
        raise Refused("PXTUI_DATABASE_URL应写成postgresql://用户@主机/数据库，请改正；用本机文件的请去掉它。")
    return Home(root, Server(url) if url else None)


def _noted_url(file: Path) -> str:
    """The address in a file, where wrappers and services need not hand it on and a password in it is nobody else's."""
    try:
        if file.stat().st_mode & _OTHERS:
            raise Refused(f"“{file}”对其他用户开放，请执行 chmod 600 收回权限后再试。")
        return file.read_text("utf-8").strip()
    except FileNotFoundError:
        return ""
    except (OSError, ValueError):
        raise Refused(f"读不出“{file}”，请检查权限；里面应是数据库的地址。") from None


def practice_home() -> Home:
    """The practice register's folder, beside the real one and never in it, and never on its server."""
    here = home()
    return Home(here.root.with_name(f"{here.root.name}-practice"))
