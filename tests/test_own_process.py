"""A process that holds the key is nobody else's to look into: no dump, no debugger, no file that others read."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.terminal, pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows these calls")]

_NOBODY = 65534
_BECOME_NOBODY = f"""
import ctypes, os, sys
import resource
from pxtui.own_process import keep_private
system = ctypes.CDLL(None, use_errno=True)
if os.geteuid() == 0:
    os.setgid({_NOBODY})
    os.setuid({_NOBODY})
    system.prctl(4, 1, 0, 0, 0)  # to change the user forbids all looks, too, and would show nothing
"""
_HOLDER = (
    _BECOME_NOBODY
    + """
secret = "kept-in-memory"
if sys.argv[1] == "guarded":
    keep_private()
system.prctl(0x59616D61, ctypes.c_ulong(-1), 0, 0, 0)  # PR_SET_PTRACER_ANY: Yama shall not be what refuses
print(os.getpid(), flush=True)
sys.stdin.read()
"""
)
_LOOKER = (
    _BECOME_NOBODY
    + """
pid, seen = int(sys.argv[1]), []
for name in ("mem", "environ", "maps"):
    try:
        open(f"/proc/{pid}/{name}", "rb").read(1) if name != "mem" else open(f"/proc/{pid}/{name}", "rb")
        seen.append(name)
    except OSError:
        pass
if system.ptrace(16, pid, 0, 0) == 0:
    seen.append("debugger")
    os.waitpid(pid, 0x40000000)
    system.ptrace(17, pid, 0, 0)
print(*seen)
"""
)
_SAYS_AT_ITS_END = """
import ctypes, os, resource, sys
try:
    main()
except SystemExit:
    pass
sys.stdout.flush()
umask = os.umask(0)
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE), oct(umask), file=sys.stderr)
"""


def seen_of(kind: str) -> list[str]:
    """What another process of the same user sees of one that is guarded or not."""
    held = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, kind], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with held as holder:
        assert holder.stdout is not None
        pid = holder.stdout.readline().strip()
        looked = subprocess.run([sys.executable, "-c", _LOOKER, pid], capture_output=True, text=True, check=True)
    return looked.stdout.split()


def test_no_process_of_the_same_user_reads_the_memory() -> None:
    assert "mem" in seen_of("open")
    assert seen_of("guarded") == []


@pytest.mark.parametrize(
    ("imported", "words"),
    [
        ("from pxtui.cli import main", ["--version"]),
        ("from pxtui.papers.reading.table_child import main", ["text", "9", "9", "9"]),
    ],
)
def test_the_program_and_the_child_that_reads_tables_leave_nothing_to_others(imported: str, words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"{imported}\n{_SAYS_AT_ITS_END}", *words],
        input="",
        capture_output=True,
        text=True,
        check=True,
        umask=0o022,
    )
    assert done.stderr.splitlines()[-1] == "0 (0, 0) 0o77"


def test_the_desk_leaves_nothing_to_others(tmp_path: Path) -> None:
    from tests.support.rosters import office_with_roster
    from tests.support.terminal_counter import counter

    with counter(office_with_roster(tmp_path, [])) as terminal:
        terminal.wait_for("录入1")
        process = Path(f"/proc/{terminal.process_id}")
        assert "Umask:\t0077" in (process / "status").read_text()
        (core,) = [line for line in (process / "limits").read_text().splitlines() if "core" in line]
        assert core.split()[4:6] == ["0", "0"]
        assert os.stat(process / "mem").st_uid == 0
