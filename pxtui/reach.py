"""Which files a session may read and write: on the clerk's own machine hers, over the server's line the office's."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from pxtui.errors import Refused
from pxtui.file_content import named_path
from pxtui.home import Home

_LONGEST_LIST = 200


@dataclass(frozen=True, slots=True)
class Reach:
    """What of a name that somebody keys becomes a path."""

    def to_read(self, name: str) -> Path:
        """The file of that name.

        Raises:
            Refused: this session may not read there.
        """
        return named_path(name)

    def to_write(self, name: str) -> Path:
        """Where a file of that name is to be written.

        Raises:
            Refused: this session may not write there.
        """
        return named_path(name)

    def fault_of(self, name: str) -> str:
        """Why a name cannot be read, in Chinese; empty where it can."""
        try:
            self.to_read(name)
        except Refused as refused:
            return refused.sentence
        return ""

    @property
    def offered(self) -> tuple[str, ...]:
        """Names of files that wait to be read, the newest first."""
        return ()

    @property
    def chooses_folders(self) -> bool:
        """Whether whoever sits here says where a file is put."""
        return True


@dataclass(frozen=True, slots=True)
class ServedReach(Reach):
    """A session over the line of a server, whose files are nobody's business: two folders to read, one to write.

    Names are resolved before they are compared, so that neither `..` nor a symbolic link leads out, and what is
    refused is refused by the same sentence whether there is such a file or not.
    """

    readable: tuple[Path, ...] = field(default=())
    writable: Path = Path("/nonexistent")

    def to_read(self, name: str) -> Path:
        """The file of that name in one of the folders; in the first where it is in none.

        Raises:
            Refused: it would lie outside.
        """
        found = [path for folder in self.readable if (path := _within(folder, name)) is not None]
        present = next((path for path in found if os.path.exists(path)), None)
        if present is None and len(found) < len(self.readable):
            raise Refused("只能用收件箱里的文件，请只写文件名。")
        return present or found[0]

    def to_write(self, name: str) -> Path:
        """The file of that name in the folder for what goes out, which is made where it is missing.

        Raises:
            Refused: it is more than a name, or the folder cannot be made.
        """
        path = _within(self.writable, name)
        if path is None or path.parent != Path(os.path.realpath(self.writable)):
            raise Refused(f"只写文件名，文件放在{self.writable}。")
        try:
            self.writable.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as fault:
            raise Refused(f"不能建立文件夹“{self.writable}”，请联系管理员检查权限。") from fault
        return path

    @property
    def offered(self) -> tuple[str, ...]:
        """The files of both folders by their names, the newest first."""
        found: list[tuple[int, str]] = []
        for folder in self.readable:
            try:
                with os.scandir(folder) as entries:
                    found += [
                        (entry.stat(follow_symlinks=False).st_mtime_ns, entry.name)
                        for entry in entries
                        if entry.is_file(follow_symlinks=False) and not entry.name.startswith((".", "~$"))
                    ]
            except OSError:
                # A folder that nobody has made yet has nothing in it.
                continue
        names = [name for _, name in sorted(found, key=lambda entry: (-entry[0], entry[1]))]
        return tuple(dict.fromkeys(names))[:_LONGEST_LIST]

    @property
    def chooses_folders(self) -> bool:
        """The office's folders take everything."""
        return False


@dataclass(frozen=True, slots=True)
class Served:
    """A session over the line of a server, as the command that the server forces says."""

    inbox: Path | None = None
    """Where files come in; None: in the data folder."""


def served_reach(home: Home, clerk: str, inbox: Path | None = None) -> ServedReach:
    """The reach of a clerk over the line: the office's inbox, and in `inboxes` a folder of her own.

    `inbox`: another place than `inbox` in the data folder.
    """
    office = inbox or home.inbox
    # A name is no path: whoever were called `..` has no folder of his own.
    own = (home.inboxes / clerk,) if clerk not in ("", ".", "..") and "/" not in clerk else ()
    return ServedReach((office, *own), home.outbox)


def _within(folder: Path, name: str) -> Path | None:
    """The resolved path of a name in a folder; None where it lies outside or is the folder itself."""
    try:
        base, path = Path(os.path.realpath(folder)), Path(os.path.realpath(folder / name))
    except (OSError, ValueError):
        return None
    return path if path != base and path.is_relative_to(base) else None
