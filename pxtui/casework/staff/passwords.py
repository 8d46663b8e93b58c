"""Passwords: what one must be, how it is kept, and whether a keyed one is right.

Argon2id (RFC 9106) over a keyed hash of the member's number, name and the password. So a hash opens for nobody else,
and nobody tries words against it without the register's key.
"""

import hmac
import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from db.seal import Vault

LEAST_LENGTH = 10
MOST_LENGTH = 128
LEAST_KINDS = 3
"""Of capital letters, small letters, digits and other characters (GB/T 22239-2019 8.1.4.1 a asks for complexity)."""

_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
"""A sixth of a second and 64 MiB. One lane: the office's server has as many programs as clerks."""
_GROUPS, _GROUP = 2, 4
_CHARACTERS = "abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"
"""Of generated passwords: without those that are taken for others on paper."""


def fault(password: str, name: str) -> str:
    """What is wrong with a new password of `name`, in Chinese; empty where nothing is."""
    text = _spelt(password)
    if any(character.isspace() or not character.isprintable() for character in text):
        return "口令不能有空格和控制字符，请改正。"
    if len(text) < LEAST_LENGTH:
        return f"口令至少{LEAST_LENGTH}位，请加长。"
    if len(text) > MOST_LENGTH:
        return f"口令最多{MOST_LENGTH}位，请缩短。"
    kinds = (str.isupper, str.islower, str.isdigit, lambda character: not (character.isascii() and character.isalnum()))
    if sum(any(map(is_kind, text)) for is_kind in kinds) < LEAST_KINDS:
        return "口令须有大写字母、小写字母、数字、其他字符中的三种，请改正。"
    if len(set(text)) < LEAST_LENGTH // 2:
        return "口令里不同的字符太少，请改正。"
    if name and _spelt(name).casefold() in text.casefold():
        return "口令里不能有自己的姓名，请改正。"
    return ""


def half() -> str:
    """Half of a password for the first sign-in: two groups of four, of all three kinds."""
    while True:
        groups = ("".join(secrets.choice("".join(_CHARACTERS)) for _ in range(_GROUP)) for _ in range(_GROUPS))
        text = "-".join(groups)
        if all(set(kind) & set(text) for kind in _CHARACTERS):
            return text


def of_halves(first: str, second: str) -> str:
    """The password that two people know one half each of."""
    return f"{first}-{second}"


def kept(vault: Vault, staff_id: int, name: str, password: str) -> str:
    """The password as the register keeps it."""
    return _HASHER.hash(_bound(vault, staff_id, name, password))


def opens(vault: Vault, staff_id: int, name: str, verifier: str, password: str) -> bool:
    """Whether the password is the one that is kept for this member. It always takes as long.

    `verifier`: empty where none is kept.
    """
    bound = _bound(vault, staff_id, name, password)
    try:
        _HASHER.verify(verifier or _of_nobody(), bound)
    except (VerificationError, InvalidHashError):
        return False
    return bool(verifier)


def is_outdated(verifier: str) -> bool:
    """Whether it was made with other parameters than those of today."""
    return _HASHER.check_needs_rehash(verifier)


@cache
def _of_nobody() -> str:
    return _HASHER.hash(secrets.token_bytes(16))


def _bound(vault: Vault, staff_id: int, name: str, password: str) -> bytes:
    # A lasting key: a password cannot be hashed anew when the keys are rotated.
    message = f"{staff_id}\0{name}\0{_spelt(password)}".encode()
    return hmac.digest(vault.lasting_key("password"), message, "sha256")


def _spelt(text: str) -> str:
    """An input method may be set to full width: what looks the same is the same."""
    return unicodedata.normalize("NFKC", text)
