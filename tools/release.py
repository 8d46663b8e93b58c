"""Names a release: what it is made of is held against `tools/releases.toml`, then it is tested, built and tagged.

    python tools/release.py note    # after a migration or a change of a paper: enters them under the version
    python tools/release.py make    # `make release`

Neither pushes anything.
"""

import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent
NOTES = Path("tools/releases.toml")
_HEAD = "# What each version is made of; written by `python tools/release.py note`, see CONTRIBUTING.md.\n"
_GOLDEN = "tests/**/golden/*.txt"
_WORDING = "pxtui/**/wording/*.toml"
_VERSION = re.compile(r'^__version__ = "([0-9]+\.[0-9]+\.[0-9]+)"$', re.MULTILINE)
_REVISION = re.compile(r'^HEAD = "([0-9]{4})"$', re.MULTILINE)
_SECTION = re.compile(r"^## ", re.MULTILINE)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class CannotRelease(Exception):
    """One or more sentences that say what to do first."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What an office notices of a version before it reads anything: its tables and its papers."""

    revision: str
    """The newest migration."""
    papers: str
    """SHA-256 over the golden texts and the wording files, hexadecimal; where they stand does not count."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """All that decides whether a version can be released."""

    version: str
    contents: Contents
    noted: dict[str, Contents]
    """By version."""
    changelog: str
    tags: frozenset[str]
    is_clean: bool
    """Nothing in the work tree that is not committed."""


def faults(candidate: Candidate) -> list[str]:
    """What keeps a version from being released, a sentence each; empty where nothing does."""
    version = candidate.version
    found = []
    if not candidate.is_clean:
        found.append("The work tree has changes that are not committed: commit or stash them.")
    if released := [tag for tag in candidate.tags if _parts(tag) >= _parts(version)]:
        newest = max(released, key=_parts)
        found.append(f"{newest} is tagged already: raise __version__ in pxtui/__init__.py above it.")
    heading, _, told = section_of(candidate.changelog, version).partition("\n")
    if not told.strip():
        found.append(f"CHANGELOG.md says nothing of {version}: write a section “## {version}（YYYY-MM-DD）”.")
    elif not _DAY.search(heading):
        found.append(f"The section of {version} in CHANGELOG.md bears no day: write “## {version}（YYYY-MM-DD）”.")
    if candidate.noted.get(version) != candidate.contents:
        found.append(what_to_do(version))
    return found


def what_to_do(version: str) -> str:
    """The sentence for whoever changed tables or papers and said so nowhere."""
    return (
        f"Tables or papers are not those that {NOTES} notes for {version}. If {version} is released, raise __version__ "
        "in pxtui/__init__.py; then write a line of CHANGELOG.md and run `python tools/release.py note`."
    )


def section_of(changelog: str, version: str) -> str:
    """The section of a version, its heading first; empty where there is none."""
    for section in _SECTION.split(changelog)[1:]:
        if re.match(rf"{re.escape(version)}(?![0-9.])", section):
            return section.strip()
    return ""


def version_of(root: Path) -> str:
    """The version that the source in `root` has."""
    return _only(_VERSION, root / "pxtui" / "__init__.py")


def contents_of(root: Path) -> Contents:
    """What the source in `root` is made of."""
    digest = sha256()
    files = [*root.glob(_GOLDEN), *root.glob(_WORDING)]
    for path in sorted(files, key=lambda path: (path.suffix, path.name)):
        text = path.read_bytes()
        digest.update(f"{path.name} {len(text)}\n".encode() + text)
    return Contents(_only(_REVISION, root / "db" / "revision.py"), digest.hexdigest())


def noted_in(root: Path) -> dict[str, Contents]:
    """What stands in the notes, by version."""
    path = root / NOTES
    entries = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {version: Contents(**entry) for version, entry in entries.items()}


def note(root: Path, tags: frozenset[str]) -> None:
    """Enter what the source is made of under its version.

    Raises:
        CannotRelease: that version is released; what it was made of stays.
    """
    version = version_of(root)
    noted, present = noted_in(root), contents_of(root)
    if f"v{version}" in tags and noted.get(version) != present:
        raise CannotRelease(f"v{version} is tagged already: raise __version__ in pxtui/__init__.py first.")
    noted[version] = present
    entries = (
        f'\n["{name}"]\nrevision = "{noted[name].revision}"\npapers = "{noted[name].papers}"\n'
        for name in sorted(noted, key=_parts)
    )
    (root / NOTES).write_text(_HEAD + "".join(entries), encoding="utf-8")


def make(root: Path) -> Path:
    """Check, test, build and tag; the wheel.

    Raises:
        CannotRelease: something is in the way; nothing is tagged then.
    """
    _check(root)
    # The gate takes minutes, so what is known at once is told before it.
    _run(root, "make", "test")
    version = _check(root)
    wheel = root / "dist" / f"pxtui-{version}-py3-none-any.whl"
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check")
    _run(root, *pip, "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheel.parent), ".")
    ask = "import sys; sys.path.insert(0, sys.argv[1]); from pxtui.cli import run; sys.exit(run(['--version']))"
    answer = _run(root, sys.executable, "-I", "-c", ask, str(wheel), quiet=True).strip()
    if answer != f"pxtui {version}":
        raise CannotRelease(f"The program in {wheel} calls itself “{answer}” and not {version}: look at the build.")
    told = section_of((root / "CHANGELOG.md").read_text(encoding="utf-8"), version)
    _run(root, "git", "tag", "--annotate", "--cleanup=verbatim", f"--message=pxtui {told}\n", f"v{version}")
    return wheel


def _check(root: Path) -> str:
    candidate = Candidate(
        version=version_of(root),
        contents=contents_of(root),
        noted=noted_in(root),
        changelog=(root / "CHANGELOG.md").read_text(encoding="utf-8"),
        tags=_tags(root),
        is_clean=not _run(root, "git", "status", "--porcelain", quiet=True),
    )
    if found := faults(candidate):
        raise CannotRelease("\n".join(found))
    return candidate.version


def _tags(root: Path) -> frozenset[str]:
    return frozenset(_run(root, "git", "tag", "--list", "v[0-9]*", quiet=True).split())


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"[0-9]+", version))


def _only(pattern: re.Pattern[str], path: Path) -> str:
    found = pattern.search(path.read_text(encoding="utf-8"))
    if found is None:
        raise CannotRelease(f"{path} has no line like {pattern.pattern}: write it that way again.")
    return found[1]


def _run(root: Path, *words: str, quiet: bool = False) -> str:
    """What a program prints where it is `quiet`; else it prints it itself."""
    done = subprocess.run(words, cwd=root, text=True, stdout=subprocess.PIPE if quiet else None, check=False)  # noqa: S603
    if done.returncode:
        raise CannotRelease(f"`{' '.join(words)}` failed: mend that first.")
    return done.stdout or ""


def main(words: list[str]) -> int:
    """Run one of the two; the exit code."""
    try:
        if words == ["note"]:
            note(ROOT, _tags(ROOT))
            print(f"{NOTES} notes what {version_of(ROOT)} is made of.")
        elif words == ["make"]:
            print(f"{make(ROOT)} is built and v{version_of(ROOT)} tagged; push the tag when you are sure.")
        else:
            print(__doc__, file=sys.stderr)
            return 2
    except CannotRelease as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
