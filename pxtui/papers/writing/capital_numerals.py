"""Amounts of money as they stand on papers: in figures, and in capital numerals that cannot be altered."""

from pxtui.errors import Refused

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ((10**8, "亿"), (10**4, "万"), (10**3, "仟"), (10**2, "佰"), (10, "拾"))


def in_figures(fen: int) -> str:
    """`￥16409.02`; a red-letter amount as `-￥16409.02`."""
    yuan, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}￥{yuan}.{rest:02}"


def in_capitals(fen: int) -> str:
    """`人民币壹万陆仟肆佰零玖元零贰分` for 1640902 (支付结算办法, 附件一: 正确填写票据和结算凭证的基本规定).

    整 follows an amount that ends at 元, and no other.

    Raises:
        PxtuiError: the amount is negative: capital numerals know no sign.
    """
    if fen < 0:
        raise Refused(f"金额{in_figures(fen)}为负数，不能写成大写，请核对")
    yuan, rest = divmod(fen, 100)
    if not rest:
        return f"人民币{_whole(yuan)}元整"
    jiao, last = divmod(rest, 10)
    words = f"{_whole(yuan)}元" if yuan else ""
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif yuan:
        words += _DIGITS[0]
    return f"人民币{words}{_DIGITS[last]}分" if last else f"人民币{words}"


def _whole(number: int) -> str:
    for unit, word in _UNITS:
        if number >= unit:
            above, below = divmod(number, unit)
            # One 零 stands for any run of empty places in front of what follows.
            gap = _DIGITS[0] if 0 < below < unit // 10 else ""
            return f"{_whole(above)}{word}{gap}{_whole(below) if below else ''}"
    return _DIGITS[number]
