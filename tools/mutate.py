"""Mutation testing: which small changes of meaning does no test notice?

    make mutate PATHS="pxtui/policy pxtui/identifiers" [TESTS="tests/policy"] [SAMPLE=200]

The tests run once under coverage, which tells the tests that pass through each line. Then every mutant meets those
tests, quickest first, until one fails, and before it is called unnoticed all that pass through its module. Each does
so in a process of its own, forked from one that has loaded the libraries but no module of the project; no file is
changed. A mutant in a line that runs only while its module is loaded meets all tests. Tests that start the program as
another process see no mutant. SAMPLE takes so many mutants at random, the same ones every time.
"""

import argparse
import gc
import importlib
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from coverage import Coverage

from tools.belonging import tests_of
from tools.mutants import Mutant, mutants_of

OURS = ("pxtui", "screens", "db", "tests", "tools")
WORKERS = 2
MEMORY = 4 << 30
BETWEEN_TESTS = ""
"""Where coverage puts what runs while modules are loaded and tests are collected."""
# What only costs time here: nobody reads why a test fails, and hypothesis needs its plugin only to be configured.
WITHOUT = ["cacheprovider", "hypothesispytest", "unraisableexception", "xdist"]
OPTIONS = ["-x", "-q", "--assert=plain", "--override-ini=addopts=", *(f"-pno:{plugin}" for plugin in WITHOUT)]


class Watching:
    """Tells coverage which test runs, and keeps how long each takes."""

    def __init__(self, coverage: Coverage) -> None:
        self.coverage = coverage
        self.seconds: dict[str, float] = {}

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.coverage.switch_context(nodeid)
        self.seconds[nodeid] = 0.0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration


class Choosing:
    """Keeps the tests named, in the order in which they are named."""

    def __init__(self, wanted: list[str]) -> None:
        self.rank = {nodeid: rank for rank, nodeid in enumerate(wanted)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((item for item in items if item.nodeid in self.rank), key=lambda item: self.rank[item.nodeid])


def run(arguments: list[str], plugin: object) -> int:
    """Pytest in this process."""
    hypothesis.settings.register_profile("mutants", derandomize=True, database=None)
    hypothesis.settings.load_profile("mutants")
    return int(pytest.main([*OPTIONS, *arguments], [plugin]))


def survey(tests: list[str], sources: list[Path], into: Path) -> None:
    """Run the tests unchanged and write down what each line is seen by, each test takes, and which libraries came."""
    # Otherwise a test that finds its beginnings remembered passes through none of their lines.
    os.environ["PXTUI_TESTS_REMEMBER"] = "0"
    coverage = Coverage(data_file=None, include=[str(path) for path in sources])
    watching = Watching(coverage)
    coverage.start()
    code = run(tests, watching)
    coverage.stop()
    if code:
        sys.exit(code)
    data = coverage.get_data()
    seen = {}
    for path in sources:
        seen[str(path)] = data.contexts_by_lineno(str(path.resolve()))
    libraries = [name for name in sys.modules if name.partition(".")[0] not in OURS]
    into.write_text(json.dumps({"seen": seen, "seconds": watching.seconds, "libraries": libraries}))


def meet(mutant: Mutant, wanted: list[str], limit: float) -> int:
    """Run the tests on the mutant; the exit code of pytest."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(int(limit) + 1)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    target, original = str(mutant.path.resolve()), SourceFileLoader.get_code

    def get_code(loader: SourceFileLoader, name: str) -> object:
        return compile(mutant.source, target, "exec") if loader.path == target else original(loader, name)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign,assignment]
    files = list(dict.fromkeys(nodeid.partition("::")[0] for nodeid in wanted))
    return run(files, Choosing(wanted))


def forked(work: Callable[[], int | None], folder: Path) -> int:
    """The id of a process that calls `work` quietly, its temporary files below the folder, and ends with its answer."""
    pid = os.fork()
    if pid:
        return pid
    code = 70
    try:
        own = folder / str(os.getpid())
        own.mkdir()
        tempfile.tempdir = os.environ["TMPDIR"] = str(own)
        quiet = os.open(folder / "output", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        code = work() or 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 70
    finally:
        os._exit(code)


def surveyed(tests: list[str], sources: list[Path], folder: Path) -> dict[str, Any]:
    """What `survey` wrote down, in a process that is gone."""
    notes = folder / "survey.json"
    _, status = os.waitpid(forked(lambda: survey(tests, sources, notes), folder), 0)
    if status or not notes.exists():
        sys.exit((folder / "output").read_text() + "\nThe tests fail as they are; there is nothing to measure.")
    return dict(json.loads(notes.read_text()))


def meet_all(mutants: list[Mutant], notes: dict[str, Any], folder: Path) -> Counter[str]:
    """Print the mutants that no test notices; how many came to which end."""
    for name in notes["libraries"]:
        try:
            importlib.import_module(name)
        except Exception:  # noqa: S112
            continue
    gc.freeze()
    seconds = notes["seconds"]
    waiting = [(mutant, _tests_through(notes, mutant.path, mutant.lines)) for mutant in mutants]
    running: dict[int, tuple[Mutant, list[str]]] = {}
    ends = Counter[str]()
    while waiting or running:
        while waiting and len(running) < WORKERS:
            mutant, wanted = waiting.pop(0)
            limit = 20 + 10 * sum(seconds[nodeid] for nodeid in wanted)
            running[forked(partial(meet, mutant, wanted, limit), folder)] = mutant, wanted
        pid, status = os.wait()
        mutant, wanted = running.pop(pid)
        shutil.rmtree(folder / str(pid), ignore_errors=True)
        code = os.waitstatus_to_exitcode(status)
        survived = code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
        # What is worked out once and kept is seen by the first test that asks for it, and used by all.
        others = [nodeid for nodeid in _tests_through(notes, mutant.path) if nodeid not in wanted] if survived else []
        if others:
            waiting.append((mutant, [*wanted, *others]))
            continue
        ends["survived" if survived else "noticed" if code > 0 else "stopped at the limit of time"] += 1
        if survived:
            print(f"\n{mutant.path}:{mutant.line}\n{mutant.diff}", flush=True)
        if sys.stderr.isatty():
            print(f"\r{ends.total()}/{len(mutants)}", end="\r", file=sys.stderr)
    return ends


def _tests_through(notes: dict[str, Any], path: Path, lines: range | None = None) -> list[str]:
    """The tests that pass through some lines of a module, without `lines` through any, the quickest first."""
    quickest = sorted(notes["seconds"], key=notes["seconds"].__getitem__)
    by_line = notes["seen"][str(path)]
    chosen = by_line.values() if lines is None else (by_line.get(str(line), ()) for line in lines)
    seen = {nodeid for nodeids in chosen for nodeid in nodeids}
    if lines is None:
        seen.discard(BETWEEN_TESTS)
    is_of_all = not seen or BETWEEN_TESTS in seen
    return quickest if is_of_all else [nodeid for nodeid in quickest if nodeid in seen]


def main() -> None:
    """Print the score and the survivors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--tests", nargs="*", default=[])
    parser.add_argument("--sample", type=int)
    given = parser.parse_args()
    sources = sorted({file for path in given.paths for file in (path.rglob("*.py") if path.is_dir() else [path])})
    tests = given.tests or tests_of([str(path) for path in given.paths])
    mutants = [mutant for source in sources for mutant in mutants_of(source)]
    if given.sample is not None and given.sample < len(mutants):
        mutants = random.Random(0).sample(mutants, given.sample)  # noqa: S311
    with tempfile.TemporaryDirectory() as folder:
        notes = surveyed(tests, sources, Path(folder))
        ends = meet_all(mutants, notes, Path(folder))
    noticed = len(mutants) - ends["survived"]
    print(f"\n{noticed} of {len(mutants)} mutants noticed, {noticed / max(1, len(mutants)):.1%}: {dict(ends)}")


if __name__ == "__main__":
    main()
