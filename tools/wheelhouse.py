"""Gathers what a machine without a package registry installs from: `python tools/wheelhouse.py FOLDER`.

Wheels of the locked dependencies, held against the hashes of `requirements.txt`; our own wheel, built twice and equal;
the files of `deploy/`; `SHA256SUMS` over everything. They are for this machine, or for the processor, glibc and Python
that are named: `--machine aarch64 --glibc 2.28 --python 3.12`.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCK = "requirements.txt"
OWN = "pxtui.txt"
SUMS = "SHA256SUMS"
MANIFEST = "MANIFEST"
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
_OLDEST_GLIBC = 17
"""2.17, the oldest for which anybody builds wheels of today's Python (PEP 599)."""
_TAGS = re.compile(r"manylinux_2_(\d+)_")


@dataclass(frozen=True, slots=True)
class Target:
    """The kind of Linux machine that is installed on."""

    machine: str
    """As `uname -m` says it: x86_64, aarch64."""
    glibc: int
    """The number behind “2.”."""
    python: str
    """3.11"""

    def flags(self) -> Sequence[str]:
        """What pip is told, so that it takes wheels of that machine."""
        platforms = [f"manylinux_2_{minor}_{self.machine}" for minor in range(self.glibc, _OLDEST_GLIBC - 1, -1)]
        wanted = [word for platform in platforms for word in ("--platform", platform)]
        abi = f"cp{self.python.replace('.', '')}"
        versions = ("--python-version", self.python, "--implementation", "cp", "--abi", abi, "--abi", "abi3")
        return (*wanted, *versions, "--abi", "none")


class NotTheSame(Exception):
    """Two builds of one source differ."""


def main(words: Sequence[str]) -> None:
    """Fill the folder, which is replaced when everything is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=lambda text: Path(text).absolute())
    parser.add_argument("--machine", choices=("x86_64", "aarch64"), help="of the server; this one's if not said")
    parser.add_argument("--glibc", type=_glibc, default=28, metavar="2.N", help="of the server; 2.28 if not said")
    parser.add_argument("--python", default=f"{sys.version_info.major}.{sys.version_info.minor}")
    given = parser.parse_args(words)
    gather(given.folder, Target(given.machine, given.glibc, given.python) if given.machine else None)


def _glibc(text: str) -> int:
    major, _, minor = text.partition(".")
    if major != "2" or not minor.isdecimal():
        raise argparse.ArgumentTypeError(text)
    return int(minor)


def gather(folder: Path, target: Target | None) -> None:
    """Fill `folder`, which is replaced when everything is there; for this machine where no other is named."""
    new = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    download(new, target)
    wheel = built_twice(new)
    shutil.copy2(ROOT / LOCK, new / LOCK)
    shutil.copytree(ROOT / "deploy", new / "deploy")
    version = wheel.name.split("-")[1]
    (new / OWN).write_text(f"pxtui=={version} --hash=sha256:{digest(wheel)}\n", encoding="utf-8")
    (new / MANIFEST).write_text(manifest(new, version, target), encoding="utf-8")
    (new / SUMS).write_text(sums(new), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    new.rename(folder)
    print(f"{folder}: {len(list(folder.glob('*.whl')))} wheels, {SUMS} {digest(folder / SUMS)}")


def download(folder: Path, target: Target | None) -> None:
    """The locked wheels, each held against its hash by pip."""
    what = ("--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", str(ROOT / LOCK))
    run((*PIP, "download", *what, *(target.flags() if target else ()), "--dest", str(folder)))


def built_twice(folder: Path) -> Path:
    """Our own wheel.

    Raises:
        NotTheSame: the second build has other bytes.
    """
    with tempfile.TemporaryDirectory() as other:
        first, second = build(folder), build(Path(other))
        if first.read_bytes() != second.read_bytes():
            raise NotTheSame(f"{first.name}: two builds differ")
    return first


def build(folder: Path) -> Path:
    """Build our own wheel from the work tree; the times in it are that of the commit."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": of_commit("%ct") or "1577836800"}
    what = ("--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT))
    run((*PIP, "wheel", *what), environment)
    (wheel,) = folder.glob("pxtui-*.whl")
    return wheel


def of_commit(what: str) -> str:
    """What git tells of the commit that is checked out; empty where it tells nothing."""
    try:
        return run(("git", "-C", str(ROOT), "log", "-1", f"--format={what}")).strip()
    except (OSError, subprocess.CalledProcessError):
        # An unpacked archive of the source has no commit.
        return ""


def run(words: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """What a program said; its fault is ours."""
    # The words are ours.
    done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    return done.stdout


def manifest(folder: Path, version: str, target: Target | None) -> str:
    """What it is and where it can be installed, a line each."""
    python = target.python if target else f"{sys.version_info.major}.{sys.version_info.minor}"
    platform = f"linux-{target.machine}" if target else sysconfig.get_platform()
    glibc = f"glibc 2.{oldest_glibc(path.name for path in folder.glob('*.whl'))}\n"
    return f"pxtui {version}\ncommit {of_commit('%H')}\npython {python}\nplatform {platform}\n{glibc}"


def oldest_glibc(wheels: Iterable[str]) -> int:
    """The number behind “2.” of the oldest glibc on which all these wheels run, by their names (PEP 600)."""
    return max((min(map(int, tags)) for name in wheels if (tags := _TAGS.findall(name))), default=_OLDEST_GLIBC)


def sums(folder: Path) -> str:
    """A line for every file, as `sha256sum --check` reads it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    return "".join(f"{digest(path)}  {path.relative_to(folder)}\n" for path in files)


def digest(path: Path) -> str:
    """SHA-256, hexadecimal."""
    return sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main(sys.argv[1:])
