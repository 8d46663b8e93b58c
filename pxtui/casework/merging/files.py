"""What offices have beside their registers: papers, wording, templates and keys, each office's in its folder."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from db.private_files import create_private_folder
from pxtui.casework.merging.told import Old
from pxtui.errors import Refused
from pxtui.home import Home
from pxtui.whole_file import reason_of, write_whole


def put(registers: Sequence[Old], place: Home) -> None:
    """Copy them: those of the first register into the data folder, those of each other office into a folder in it.

    The office key for backups goes along where all have the same.

    Raises:
        PxtuiError: one cannot be read or written.
    """
    first = registers[0].row.home_office
    try:
        for folder in (place.key.parent, place.drafts, place.papers):
            create_private_folder(folder, "数据文件夹")
        for register in registers:
            for code, of_office in _homes(register):
                for path, copied in _files(of_office, place.of_office("" if code == first else code)):
                    copied.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                    write_whole(copied, path.read_bytes(), replaces=True)
        if has_one_backup_key(registers) and registers[0].home.backup_key.is_file():
            write_whole(place.backup_key, registers[0].home.backup_key.read_bytes(), replaces=True)
    except OSError as fault:
        raise Refused(f"没有合并成：{reason_of(fault)}。") from fault


def has_one_backup_key(registers: Sequence[Old]) -> bool:
    """Whether backups of all registers are sealed for the same office key, or none are."""
    keys = {
        register.home.backup_key.read_bytes() if register.home.backup_key.is_file() else b"" for register in registers
    }
    return len(keys) == 1


def drafts(registers: Sequence[Old]) -> int:
    """How many drafts there are, which are sealed for their register and do not go along."""
    return sum(1 for register in registers for _ in register.home.drafts.glob("*.draft"))


def _homes(register: Old) -> Iterator[tuple[str, Home]]:
    """The codes of the offices that keep a register, each with its folders."""
    home = register.home
    yield register.row.home_office, home
    if home.offices.is_dir():
        yield from ((folder.name, home.of_office(folder.name)) for folder in sorted(home.offices.iterdir()))


def _files(source: Home, place: Home) -> Iterator[tuple[Path, Path]]:
    """The files of an office with their places in the new folder."""
    folders = ((source.wording, place.wording), (source.templates, place.templates), (source.papers, place.papers))
    for old, new in folders:
        for path in sorted(old.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path, new / path.relative_to(old)
    for path, copied in ((source.platforms, place.platforms), (source.exchange_key, place.exchange_key)):
        if path.is_file():
            yield path, copied
