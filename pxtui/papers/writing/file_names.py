"""Names of the files of papers, the same on every system they are carried to."""

import re
import unicodedata

_FORBIDDEN = frozenset('<>:"/\\|?*')
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_RESERVED = re.compile("(CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])[ .]*", re.IGNORECASE)
_LONGEST = 200


def file_name(case: str, paper: str, applicant: str, extension: str = "xlsx") -> str:
    """`2020-DQ-0017 附件4 恒力机械.xlsx`, at most 200 bytes of UTF-8; an overlong text loses its end.

    Separators, control, direction and other invisible characters become `_`; blanks, dots and hyphens in front,
    blanks and dots at the end and the device names of Windows do not come out.
    """
    ending = f".{extension}"
    stem = " ".join(part for part in map(_harmless, (case, paper, applicant)) if part).lstrip(" .-")
    if _RESERVED.fullmatch(stem.split(".")[0]):
        stem = f"_{stem}"
    return (_cut(stem, _LONGEST - len(ending.encode())).rstrip(" .") or "未命名") + ending


def _harmless(text: str) -> str:
    shown = "".join(
        "_" if character in _FORBIDDEN or unicodedata.category(character) in _INVISIBLE else character
        for character in unicodedata.normalize("NFC", text)
    )
    return " ".join(shown.split())


def _cut(text: str, room: int) -> str:
    return text.encode()[:room].decode(errors="ignore")
