"""The office key of the backups: its private part is kept off the machine and can be typed from paper."""

from pathlib import Path

import pytest

from pxtui.casework.keeping import office_key
from pxtui.casework.office.register import Register
from pxtui.errors import PxtuiError, Refused
from tests.conftest import ACTING


def _create(register: Register, to: Path, passphrase: str = "", *, replaces: bool = False) -> office_key.OfficeKey:
    with register.writing(ACTING) as context:
        return office_key.create(context, to, passphrase=passphrase, replaces=replaces)


def test_the_machine_keeps_the_public_part_alone(register: Register, stick: Path) -> None:
    key = _create(register, stick / "private.txt")
    private = office_key.read_private(stick / "private.txt", lambda: "")
    assert office_key.public_of(private) == office_key.office_key(register.home) == key
    secret = private.private_bytes_raw()
    kept = b"".join(path.read_bytes() for path in register.home.root.rglob("*") if path.is_file())
    assert secret not in kept
    assert secret.hex().encode() not in kept
    assert (stick / "private.txt").stat().st_mode & 0o777 == 0o600


def test_a_private_part_is_never_written_beside_the_register_or_over_something(register: Register, stick: Path) -> None:
    with pytest.raises(Refused, match="不能和台账放在一起"):
        _create(register, register.home.root / "private.txt")
    (stick / "letter.txt").write_text("信")
    with pytest.raises(Refused, match="已经存在"):
        _create(register, stick / "letter.txt")
    assert not register.home.backup_key.exists()


def test_a_second_key_is_made_only_when_that_is_said(register: Register, stick: Path) -> None:
    first = _create(register, stick / "first.txt")
    with pytest.raises(Refused, match="已经有备份密钥"):
        _create(register, stick / "second.txt")
    assert office_key.office_key(register.home) == first
    second = _create(register, stick / "second.txt", replaces=True)
    assert office_key.office_key(register.home) == second != first


def test_a_key_typed_from_paper_names_the_line_that_is_wrong(register: Register, stick: Path) -> None:
    _create(register, stick / "private.txt")
    lines = [line for line in (stick / "private.txt").read_text().splitlines() if not line.startswith("#")]
    typed = stick / "typed.txt"
    typed.write_text("\r\n".join(line.upper() for line in lines))
    assert office_key.public_of(office_key.read_private(typed, lambda: "")) == office_key.office_key(register.home)
    for number in range(1, 5):
        wrong = list(lines)
        digit = wrong[number][3]
        wrong[number] = wrong[number][:3] + ("0" if digit != "0" else "1") + wrong[number][4:]
        typed.write_text("\n".join(wrong))
        with pytest.raises(Refused, match=f"第{number}行"):
            office_key.read_private(typed, lambda: "")
    for left_out in range(1, 5):
        typed.write_text("\n".join(lines[:left_out] + lines[left_out + 1 :]))
        with pytest.raises(Refused, match=r"第.行|不是完整的备份私钥"):
            office_key.read_private(typed, lambda: "")


def test_a_passphrase_is_needed_where_one_was_set(register: Register, stick: Path) -> None:
    with pytest.raises(Refused, match="口令至少8位"):
        _create(register, stick / "short.txt", "1234567")
    made = _create(register, stick / "private.txt", "qingshiban-32")
    private = office_key.read_private(stick / "private.txt", lambda: "qingshiban-32")
    assert office_key.public_of(private) == made
    assert private.private_bytes_raw().hex()[:16] not in (stick / "private.txt").read_text().replace(" ", "")
    with pytest.raises(Refused, match="口令不对"):
        office_key.read_private(stick / "private.txt", lambda: "qingshiban-33")


def test_a_damaged_public_part_is_said_and_nothing_sealed_for_it(register: Register, stick: Path) -> None:
    _create(register, stick / "private.txt")
    text = register.home.backup_key.read_text()
    register.home.backup_key.write_text(text.replace(text[30], "0" if text[30] != "0" else "1", 1))
    with pytest.raises(PxtuiError, match="已损坏"):
        office_key.office_key(register.home)
