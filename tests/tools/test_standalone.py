"""A folder that needs no Python: what goes into it, what it may not look for elsewhere, on which machines it runs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tools import standalone, wheelhouse
from tools.standalone import NotMovable
from tools.wheelhouse import Target

ELF = b"\x7fELF"


def folder_with_a_program(place: Path) -> Path:
    """The home of an interpreter with one program in it."""
    home = place / "python"
    for name in ("bin", "lib"):
        (home / name).mkdir(parents=True)
    (home / "bin" / "python3.11").write_bytes(ELF)
    return home


def linker(**places: Path | str) -> Callable[[Path, Path], str]:
    """A dynamic linker that finds each library there, but in the folder as soon as it lies there."""

    def loaded(home: Path, _binary: Path) -> str:
        lines = []
        for name, place in places.items():
            library = name.replace("_", ".")
            here = home / "lib" / library
            lines.append(f"\t{library} => {here if here.exists() else place} (0x00)")
        return "\n".join(lines)

    return loaded


def test_a_library_from_elsewhere_goes_into_the_folder_and_the_c_library_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "libffi.so.7.1"
    library.write_bytes(ELF)
    (tmp_path / "libffi.so.7").symlink_to(library)
    home = folder_with_a_program(tmp_path)
    places = {"libffi_so_7": tmp_path / "libffi.so.7", "libc_so_6": Path("/lib/libc.so.6")}
    monkeypatch.setattr(standalone, "loaded", linker(**places))
    standalone.add_libraries(home)
    assert [path.name for path in (home / "lib").iterdir()] == ["libffi.so.7"]


def test_an_interpreter_that_looks_outside_all_the_same_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = folder_with_a_program(tmp_path)
    library = tmp_path / "libpython3.11.so.1.0"
    library.write_bytes(ELF)
    monkeypatch.setattr(standalone, "loaded", lambda _home, _binary: f"\tlibpython3.11.so.1.0 => {library} (0x00)")
    with pytest.raises(NotMovable, match=r"libpython3\.11"):
        standalone.add_libraries(home)


def test_a_library_that_is_nowhere_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = folder_with_a_program(tmp_path)
    monkeypatch.setattr(standalone, "loaded", linker(libffi_so_7="not found"))
    with pytest.raises(NotMovable, match=r"libffi\.so\.7 is not to be found"):
        standalone.add_libraries(home)


def test_the_c_library_that_a_folder_needs_is_the_newest_of_which_it_wants_a_symbol(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(ELF + b"\0GLIBC_2.9\0GLIBC_2.17\0")
    (tmp_path / "b").write_bytes(ELF + b"\0GLIBC_2.28\0GLIBC_2.4\0")
    (tmp_path / "text").write_text("GLIBC_2.99")
    assert standalone.glibc_of(standalone.binaries(tmp_path)) == 28


@pytest.mark.parametrize(
    ("wheels", "glibc"),
    [
        (["a-1-py3-none-any.whl"], 17),
        (["a-1-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.manylinux_2_28_x86_64.whl"], 17),
        (["a-1-cp310-abi3-manylinux_2_26_x86_64.whl", "b-1-cp311-abi3-manylinux_2_28_x86_64.whl"], 28),
    ],
)
def test_wheels_need_the_oldest_c_library_that_each_of_them_names(wheels: list[str], glibc: int) -> None:
    assert wheelhouse.oldest_glibc(wheels) == glibc


def test_wheels_for_another_machine_are_asked_for_by_every_c_library_that_it_has() -> None:
    flags = Target("aarch64", 19, "3.12").flags()
    platforms = [word for word in flags if word.startswith("manylinux")]
    assert platforms == ["manylinux_2_19_aarch64", "manylinux_2_18_aarch64", "manylinux_2_17_aarch64"]
    assert "cp312" in flags
