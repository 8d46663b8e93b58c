"""Unified social credit codes, GB 32100-2015."""

import re

from stdnum.cn import uscc

from pxtui.identifiers.text import canonical_code

# Length and alphabet are checked here: the library also refuses letters in front (N1 and the like, which
# rural collectives carry) and forgives hyphens inside.
_SHAPE = re.compile("[0-9A-HJ-NPQRTUWXY]{18}")


class InvalidCreditCode(ValueError):
    """The code cannot belong to anybody; the text says which part is wrong, in Chinese."""


def parse(text: str) -> str:
    """The canonical code.

    Raises:
        InvalidCreditCode: length, alphabet (no I, O, S, V, Z) or check character.
    """
    code = canonical_code(text)
    if not code:
        raise InvalidCreditCode("未填统一社会信用代码")
    if len(code) != 18:
        raise InvalidCreditCode(f"统一社会信用代码应为18位，现为{len(code)}位")
    if not _SHAPE.fullmatch(code):
        raise InvalidCreditCode("统一社会信用代码只用数字和大写字母，不含I、O、S、V、Z")
    expected = uscc.calc_check_digit(code[:17])
    if code[17] != expected:
        raise InvalidCreditCode(f"统一社会信用代码校验码应为{expected}，现为{code[17]}，请逐位核对")
    return code
