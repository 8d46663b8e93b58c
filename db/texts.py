"""Texts as they go into the register, whichever way they came: without characters that nobody sees."""

from collections.abc import Iterable

from pxtui.errors import Refused
from pxtui.identifiers.text import kept

_CITED = 30


def kept_text(text: str, *, is_secret: bool = False) -> str:
    """`identifiers.text.kept`, refused in a sentence.

    Args:
        is_secret: the sentence does not cite the text.

    Raises:
        Refused: it holds a character that only one computer has.
    """
    try:
        return kept(text)
    except ValueError as fault:
        where = "要保存的号码、账号或说明" if is_secret else f"“{text[:_CITED]}”"
        raise Refused(f"{where}里有自造字（{fault}），换一台电脑就不是这个字：请改成标准汉字后再办理。") from None


def keep_only_seen(rows: Iterable[object]) -> None:
    """Leave out of the texts of rows what nobody sees.

    Raises:
        Refused: as `kept_text`.
    """
    for row in rows:
        for column, text in list(vars(row).items()):
            if isinstance(text, str) and not text.isprintable() and text != (seen := kept_text(text)):
                setattr(row, column, seen)
