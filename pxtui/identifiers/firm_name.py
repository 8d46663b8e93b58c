"""Names of enterprises: the part by which one is called, without the place that most of them begin with."""

import re

from pxtui.identifiers.pinyin import word_initials
from pxtui.identifiers.text import canonical

_PLACES = re.compile("(?:四川省?|攀枝花市?|东区|西区|仁和区|米易县?|盐边县?|[(（](?:四川|攀枝花)[)）])+")
_CITY = re.compile("(?:四川省)?攀枝花市")
_LEAST_LEFT = 4
"""Characters: 攀枝花市医院 without its city would be any hospital."""
_WIDE_BRACKETS = str.maketrans("()", "（）")


def firm_initials(name: str) -> str:
    """The pinyin initials of a name without its place: `hljxyxgs` for 攀枝花市恒力机械有限公司."""
    whole = canonical(name)
    called = whole[begins.end() :] if (begins := _PLACES.match(whole)) else whole
    return word_initials(called or whole)


def without_city(name: str) -> str:
    """A name without the city that most names of the register begin with; whole where little would be left.

    Only the city spelt out goes, not its districts: 东区 and 西区 tell two firms apart, and 攀枝花学院 is a name.
    """
    begins = _CITY.match(name)
    return name[begins.end() :] if begins and len(name) - begins.end() >= _LEAST_LEFT else name


def spellings(part: str) -> tuple[str, ...]:
    """How a part of a name may stand in the register, where names are kept as they were written: its canonical form,
    and that form with the wide brackets that most papers have.
    """
    narrow = canonical(part)
    wide = narrow.translate(_WIDE_BRACKETS)
    return (narrow,) if wide == narrow else (narrow, wide)


def own_part(name: str) -> str:
    """The name from the part on that is the firm's own (字号): `恒力机械有限公司` for 攀枝花市东区恒力机械有限公司."""
    whole = canonical(name)
    return whole[begins.end() :] if (begins := _PLACES.match(whole)) else whole
