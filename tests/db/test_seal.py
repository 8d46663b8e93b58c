"""What is sealed opens only with its key and in its place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from db.seal import Vault, key_file_text, keys_of, new_key
from pxtui.errors import PxtuiError

SECRET = "510402198601120017"
PLACE = ("enrolment", "uid-1", "id_number")


@pytest.mark.parametrize("text", ["", SECRET, " 510402 1986\u3000x", "𠮷阿木约布·\0\t", "长" * 5000])
def test_a_text_comes_back_exactly_also_after_the_key_was_read_again(text: str, tmp_path: Path) -> None:
    blob = Vault.create(tmp_path / "key" / "k").seal(*PLACE, text)
    assert Vault.open(tmp_path / "key" / "k").unseal(*PLACE, blob) == text


def test_ciphertext_shows_neither_the_text_nor_that_two_texts_are_equal(vault: Vault) -> None:
    first, second = vault.seal(*PLACE, SECRET), vault.seal(*PLACE, SECRET)
    assert first != second
    assert SECRET.encode() not in first
    assert len(first) == 1 + 2 + 12 + len(SECRET) + 16


@pytest.mark.parametrize(
    "place",
    [("person", "uid-1", "id_number"), ("enrolment", "uid-2", "id_number"), ("enrolment", "uid-1", "phone")],
    ids=["other table", "other row", "other column"],
)
def test_ciphertext_that_was_moved_is_refused(place: tuple[str, str, str], vault: Vault) -> None:
    with pytest.raises(PxtuiError, match="打不开"):
        vault.unseal(*place, vault.seal(*PLACE, SECRET))


def test_ciphertext_that_was_altered_or_cut_anywhere_is_refused(vault: Vault) -> None:
    blob = vault.seal(*PLACE, SECRET)
    flipped = [blob[:at] + bytes([blob[at] ^ 1]) + blob[at + 1 :] for at in range(len(blob))]
    cut = [blob[:length] for length in range(1, len(blob))]
    for damaged in flipped + cut:
        with pytest.raises(PxtuiError, match="打不开"):
            vault.unseal(*PLACE, damaged)


def test_another_key_opens_and_finds_nothing(vault: Vault, tmp_path: Path) -> None:
    stranger = Vault.create(tmp_path / "other" / "k")
    with pytest.raises(PxtuiError, match="打不开"):
        stranger.unseal(*PLACE, vault.seal(*PLACE, SECRET))
    assert stranger.look_up_key("id_number", SECRET) != vault.look_up_key("id_number", SECRET)
    assert stranger.key_check != vault.key_check


def test_look_up_keys_are_equal_for_equal_texts_of_one_field_only(tmp_path: Path) -> None:
    vault = Vault.create(tmp_path / "key" / "k")
    key = vault.look_up_key("id_number", SECRET)
    assert len(key) == 16
    assert Vault.open(tmp_path / "key" / "k").look_up_key("id_number", SECRET) == key
    assert len({key, vault.look_up_key("phone", SECRET), vault.look_up_key("id_numbe", "r" + SECRET)}) == 3


def test_the_key_file_is_private_and_never_overwritten(tmp_path: Path) -> None:
    key_file = tmp_path / "key" / "k"
    Vault.create(key_file)
    content = key_file.read_bytes()
    assert (key_file.stat().st_mode & 0o777, key_file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    with pytest.raises(PxtuiError, match="已经存在"):
        Vault.create(key_file)
    assert key_file.read_bytes() == content


def test_a_key_is_not_laid_into_a_folder_that_others_may_enter(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o755)
    with pytest.raises(PxtuiError, match="其他用户"):
        Vault.create(tmp_path / "open" / "k")
    assert not (tmp_path / "open" / "k").exists()


def _readable_by_the_group(key_file: Path) -> None:
    key_file.chmod(0o640)


def _emptied(key_file: Path) -> None:
    key_file.write_bytes(b"")


def _shortened(key_file: Path) -> None:
    key_file.write_bytes(key_file.read_bytes()[:40])


def _one_digit_changed(key_file: Path) -> None:
    content = bytearray(key_file.read_bytes())
    content[20] = ord("0") if content[20] != ord("0") else ord("1")
    key_file.write_bytes(content)


def _binary(key_file: Path) -> None:
    key_file.write_bytes(bytes(range(256)))


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (Path.unlink, "找不到密钥文件"),
        (_readable_by_the_group, "对其他用户开放"),
        (_emptied, "已损坏"),
        (_shortened, "已损坏"),
        (_one_digit_changed, "已损坏"),
        (_binary, "已损坏"),
    ],
)
def test_a_key_file_that_cannot_be_trusted_is_refused(
    harm: Callable[[Path], None], sentence: str, tmp_path: Path
) -> None:
    key_file = tmp_path / "key" / "k"
    Vault.create(key_file)
    harm(key_file)
    with pytest.raises(PxtuiError, match=sentence):
        Vault.open(key_file)


def _rotated(vault: Vault) -> Vault:
    """The vault with a second key, which is in force."""
    return Vault({**vault.keys(), 2: new_key()}).in_force(2, 2)


def test_what_an_earlier_key_sealed_still_opens_and_the_new_key_seals(vault: Vault) -> None:
    sealed = vault.seal(*PLACE, SECRET)
    rotated = _rotated(vault)
    again = rotated.seal(*PLACE, SECRET)
    assert rotated.unseal(*PLACE, sealed) == rotated.unseal(*PLACE, again) == SECRET
    assert (sealed[:3], again[:3]) == (b"\x01\x00\x01", b"\x01\x00\x02")
    with pytest.raises(PxtuiError, match="打不开"):
        vault.unseal(*PLACE, again)
    relabelled = sealed[:2] + b"\x02" + sealed[3:]
    with pytest.raises(PxtuiError, match="打不开"):
        rotated.unseal(*PLACE, relabelled)


def test_a_look_up_key_goes_to_the_next_version_without_its_text(vault: Vault) -> None:
    rotated = _rotated(vault)
    earlier = vault.look_up_key("id_number", SECRET)
    assert rotated.look_up_key("id_number", SECRET) == rotated.next_look_up_key(2, earlier) != earlier
    assert rotated.in_force(2, 1).look_up_key("id_number", SECRET) == earlier
    assert rotated.look_up_keys("id_number", SECRET) == (earlier, rotated.look_up_key("id_number", SECRET))


def test_proofs_keep_their_key_when_the_keys_are_rotated(vault: Vault) -> None:
    rotated = _rotated(vault)
    assert rotated.lasting_key("proofs") == vault.lasting_key("proofs") != vault.lasting_key("others")
    assert rotated.key_check != vault.key_check


def test_the_key_file_of_several_versions_is_read_whole_or_not_at_all(vault: Vault) -> None:
    keys = _rotated(vault).keys()
    content = key_file_text(keys)
    assert keys_of(content) == keys
    assert keys_of(key_file_text(vault.keys())) == vault.keys()
    assert all(keys_of(content[:length]) is None for length in range(len(content)))
    flipped = (content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :] for place in range(len(content)))
    assert all(keys_of(other) is None for other in flipped)


def test_a_version_that_the_key_file_has_not_is_named(vault: Vault) -> None:
    with pytest.raises(PxtuiError, match="第2版的密钥"):
        vault.in_force(2, 1)


def test_what_a_register_of_before_has_sealed_still_opens() -> None:
    before = Vault(bytes(range(32)))
    named = "01000109697a701730bdb955506de89a35bcdb02cd678edac7bd2b103215aadbfa50c75ffcc7f810149f5a24842db5c577"
    in_row = "020001a592f1507f302719721a27464721fc5dc587d4138564b2c4ca2f04fbdc68d19d6177b7f5d590980af4e8c8fa607f"
    assert before.unseal(*PLACE, bytes.fromhex(named)) == SECRET
    assert before.unseal_in_row("enrolment", b"identity", "id_number", bytes.fromhex(in_row)) == SECRET
    assert before.look_up_key("id_number", SECRET).hex() == "fd9ded97345dfce4f50beb140203d6d0"
    assert before.lasting_key("password").hex().startswith("ef7a23049a0e760b4d92f070164ebcee")


def test_an_attempt_before_leaves_its_key_and_a_full_disk_none(tmp_path: Path) -> None:
    path = tmp_path / "key" / "k"
    drawn = Vault.for_new_register(path)
    assert Vault.for_new_register(path).keys() == drawn.keys()
    path.write_bytes(b"")
    anew = Vault.for_new_register(path)
    assert anew.keys() != drawn.keys()
    assert Vault.open(path).keys() == anew.keys()


def test_keys_with_another_version_in_force_know_their_file(tmp_path: Path) -> None:
    path = tmp_path / "key" / "k"
    drawn = Vault.create(path)
    rotated = Vault(drawn.keys() | {2: new_key()}, key_file=path)
    assert rotated.in_force(2, 1).key_file == path
    assert rotated.in_force(2, 1).version == 2
