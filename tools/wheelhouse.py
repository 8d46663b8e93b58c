"""Gathers what a machine without a package registry installs from: `python tools/wheelhouse.py FOLDER`.

Wheels of the locked dependencies for this platform and this version of Python, held against the hashes of
`requirements.txt`; our own wheel, built twice and equal; the files of `deploy/`; `SHA256SUMS` over everything.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCK = "requirements.txt"
OWN = "pxtui.txt"
SUMS = "SHA256SUMS"
MANIFEST = "MANIFEST"
_PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")


class NotTheSame(Exception):
    """Two builds of one source differ."""


def main(folder: Path) -> None:
    """Fill `folder`, which is replaced when everything is there."""
    new = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    download(new)
    wheel = built_twice(new)
    shutil.copy2(ROOT / LOCK, new / LOCK)
    shutil.copytree(ROOT / "deploy", new / "deploy")
    version = wheel.name.split("-")[1]
    (new / OWN).write_text(f"pxtui=={version} --hash=sha256:{digest(wheel)}\n", encoding="utf-8")
    (new / MANIFEST).write_text(manifest(version), encoding="utf-8")
    (new / SUMS).write_text(sums(new), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    new.rename(folder)
    print(f"{folder}: {len(list(folder.glob('*.whl')))} wheels, {SUMS} {digest(folder / SUMS)}")


def download(folder: Path) -> None:
    """The locked wheels, each held against its hash by pip."""
    what = ("--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", str(ROOT / LOCK))
    _run((*_PIP, "download", *what, "--dest", str(folder)))


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
    _run((*_PIP, "wheel", *what), environment)
    (wheel,) = folder.glob("pxtui-*.whl")
    return wheel


def of_commit(what: str) -> str:
    """What git tells of the commit that is checked out; empty where it tells nothing."""
    try:
        return _run(("git", "-C", str(ROOT), "log", "-1", f"--format={what}")).strip()
    except (OSError, subprocess.CalledProcessError):
        # An unpacked archive of the source has no commit.
        return ""


def _run(words: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    # The words are ours.
    done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    return done.stdout


def manifest(version: str) -> str:
    """What it is and where it can be installed, a line each."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return f"pxtui {version}\ncommit {of_commit('%H')}\npython {python}\nplatform {sysconfig.get_platform()}\n"


def sums(folder: Path) -> str:
    """A line for every file, as `sha256sum --check` reads it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    return "".join(f"{digest(path)}  {path.relative_to(folder)}\n" for path in files)


def digest(path: Path) -> str:
    """SHA-256, hexadecimal."""
    return sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
