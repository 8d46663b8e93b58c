"""Makes a folder that runs where there is no Python: `python -m tools.standalone FOLDER`.

An interpreter with its library, the wheels of `make wheelhouse`, the shared libraries that they need beyond the C
library, and `pxtui` to start. The interpreter is copied as it is and not frozen into a program: pxtui starts further
processes with it, and a server's tools must be able to ask it with `-I -m pxtui`. It has to find its libraries beside
itself, wherever the folder lies; deploy/README.md says how such a one is built.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.wheelhouse import LOCK, MANIFEST, OWN, PIP, SUMS, run, sums

_LAUNCHER = """#!/bin/sh
# {version}
here=$(dirname -- "$(readlink -f -- "$0")")
exec "$here/python/bin/{program}" -I -m pxtui "$@"
"""
_ASKED = """
import json, platform, sys, sysconfig
print(json.dumps([sys.version_info[:2], sysconfig.get_path("stdlib"), platform.machine()]))
"""
_LEFT_OUT = ("__pycache__", "site-packages", "test", "tests", "idlelib", "tkinter", "turtledemo", "lib2to3", "config-*")
"""What of a library of Python no program needs."""
_NOT_NEEDED = ("readline.*", "_gdbm.*", "_tkinter.*", "_dbm.*", "_curses*", "nis.*")
"""Modules of the library that stand on GPL libraries, or are of no use here and need many others."""
_C_LIBRARY = re.compile(r"(?:ld-linux.*|lib(?:c|m|dl|rt|pthread|util|resolv|nsl|crypt))\.so(?:\.\d+)*")
"""Of the machine itself: together with the kernel they are what a program is built for."""
_GLIBC = re.compile(rb"GLIBC_2\.(\d+)")
_RESOLVED = re.compile(r"^\s*(\S+) => (\S+)", re.MULTILINE)


class NotMovable(Exception):
    """The interpreter needs something that lies outside its own folder."""


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python that is copied."""

    program: Path
    """The file itself, not a link to it."""
    version: str
    """3.11"""
    library: Path
    """Its standard library."""
    machine: str


def main(words: Sequence[str]) -> None:
    """Make the folder and an archive of it; both are replaced when everything is there and has run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("folder", "--wheels", "--python"):
        parser.add_argument(name, type=lambda text: Path(text).absolute(), **({} if name == "folder" else _REQUIRED))
    given = parser.parse_args(words)
    make(given.folder, given.wheels, interpreter(given.python))


_REQUIRED = {"required": True}


def interpreter(program: Path) -> Interpreter:
    """What a Python says of itself."""
    version, library, machine = json.loads(run((str(program), "-I", "-c", _ASKED)))
    return Interpreter(program.resolve(), ".".join(map(str, version)), Path(library), machine)


def make(folder: Path, wheels: Path, python: Interpreter) -> None:
    """Fill `folder`, try it in another place without surroundings, pack it.

    Raises:
        NotMovable: the interpreter, or a library, looks outside the folder.
    """
    new = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    home = new / "python"
    copy(python, home)
    install(wheels, python, home)
    add_libraries(home)
    version = (wheels / MANIFEST).read_text(encoding="utf-8").splitlines()[0]
    program = f"python{python.version}"
    launcher = new / "pxtui"
    launcher.write_text(_LAUNCHER.format(version=version, program=program), encoding="utf-8")
    launcher.chmod(0o755)
    shutil.copytree(wheels / "deploy", new / "deploy")
    run(
        (
            str(home / "bin" / program),
            "-I",
            "-m",
            "compileall",
            "-q",
            "--invalidation-mode",
            "unchecked-hash",
            str(home),
        )
    )
    (new / MANIFEST).write_text(manifest(wheels, python, glibc_of(binaries(home))), encoding="utf-8")
    (new / SUMS).write_text(sums(new), encoding="utf-8")
    try_elsewhere(new)
    shutil.rmtree(folder, ignore_errors=True)
    new.rename(folder)
    with tarfile.open(folder.with_suffix(".tar.xz"), "w:xz") as archive:
        archive.add(folder, folder.name)
    print((folder / MANIFEST).read_text(encoding="utf-8"), end="")


def copy(python: Interpreter, home: Path) -> None:
    """The program and its library, without what is never needed or may not be passed on."""
    name = f"python{python.version}"
    (home / "bin").mkdir(parents=True)
    shutil.copy2(python.program, home / "bin" / name)
    (home / "bin" / "python3").symlink_to(name)
    left_out = shutil.ignore_patterns(*_LEFT_OUT, *_NOT_NEEDED)
    shutil.copytree(python.library, home / "lib" / name, ignore=left_out)


def install(wheels: Path, python: Interpreter, home: Path) -> None:
    """Unpack the wheels, each held against its hash, where the interpreter looks for them."""
    place = home / "lib" / f"python{python.version}" / "site-packages"
    kind = ("--python-version", python.version, "--implementation", "cp")
    # The wheels of the folder were chosen for a machine; here any of them will do.
    abis = [word for abi in (f"cp{python.version.replace('.', '')}", "abi3", "none") for word in ("--abi", abi)]
    platforms = [word for name in platforms_of(wheels) for word in ("--platform", name)]
    for lock in (LOCK, OWN):
        what = ("--no-index", "--find-links", str(wheels), "--no-deps", "--require-hashes", "--only-binary", ":all:")
        run((*PIP, "install", *what, *kind, *abis, *platforms, "--target", str(place), "-r", str(wheels / lock)))
    shutil.rmtree(place / "bin", ignore_errors=True)


def platforms_of(wheels: Path) -> Sequence[str]:
    """The platforms of the wheels, by their names (PEP 427)."""
    return sorted({tag for path in wheels.glob("*.whl") for tag in path.stem.split("-")[-1].split(".")} - {"any"})


def add_libraries(home: Path) -> None:
    """Copy beside the interpreter what it and the wheels need beyond the C library.

    Raises:
        NotMovable: a library is still looked for elsewhere.
    """
    for _ in range(3):
        # A library that was added may need a further one.
        for place in outside(home):
            shutil.copy2(place, home / "lib" / place.name)
    if still := sorted(map(str, outside(home))):
        raise NotMovable(f"looked for outside the folder: {', '.join(still)}")


def outside(home: Path) -> Iterable[Path]:
    """The libraries, but for the C library, that the binaries in a folder take from elsewhere."""
    found = {}
    for binary in binaries(home):
        for name, place in _RESOLVED.findall(loaded(home, binary)):
            if place == "not":
                raise NotMovable(f"{binary.name}: {name} is not to be found")
            if not _C_LIBRARY.fullmatch(name) and not Path(place).resolve().is_relative_to(home):
                found[name] = Path(place).resolve().with_name(name)
    return found.values()


def loaded(home: Path, binary: Path) -> str:
    """What the dynamic linker says of a binary that the interpreter of the folder would load.

    Raises:
        NotMovable: it finds a library that the binary needs nowhere.
    """
    # A module is loaded into the program, which says where its own and all others' libraries lie.
    (program,) = (path for path in (home / "bin").iterdir() if not path.is_symlink())
    # As ldd does it, which is a script whose shell would load the module too.
    traced = {"LD_TRACE_LOADED_OBJECTS": "1"} | ({} if binary == program else {"LD_PRELOAD": str(binary)})
    done = subprocess.run((str(program),), env=traced, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if "cannot be preloaded" in done.stderr:
        raise NotMovable(f"{binary.name} cannot be loaded here: make the folder where the interpreter was built")
    return done.stdout


def binaries(home: Path) -> Iterator[Path]:
    """The programs and libraries in a folder, by how they begin."""
    for path in sorted(home.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def glibc_of(paths: Iterable[Path]) -> int:
    """The number behind “2.” of the newest version of the GNU C library of which a binary wants a symbol."""
    return max(int(minor) for path in paths for minor in _GLIBC.findall(path.read_bytes()))


def manifest(wheels: Path, python: Interpreter, glibc: int) -> str:
    """What it is and on which machines it runs, a line each."""
    program, commit = (wheels / MANIFEST).read_text(encoding="utf-8").splitlines()[:2]
    return f"{program}\n{commit}\npython {python.version}\nplatform linux-{python.machine}\nglibc 2.{glibc}\n"


def try_elsewhere(folder: Path) -> None:
    """Start what was made from another folder, with nothing in its environment."""
    with tempfile.TemporaryDirectory() as other:
        moved = shutil.copytree(folder, Path(other) / "elsewhere", symlinks=True)
        run((str(moved / "pxtui"), "--version"), {"PATH": os.defpath, "PXTUI_HOME": other})


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
