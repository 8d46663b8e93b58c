"""Names of people: the dot between the parts of a name is written in many ways and means one."""

import re

from pxtui.identifiers.text import canonical

DOTS = "·•‧∙⋅・･●˙ᐧꞏ⸱"
"""U+00B7, the dot of GB/T 15834, and those that keyboards and web pages put in its place."""

POINTS = ".．﹒"
"""Of which nobody can tell between Latin letters whether a dot is meant."""
_HAN = "㐀-鿿豈-﫿\U00020000-\U0003ffff"
_DOT = re.compile(f"[{DOTS}]|(?<=[{_HAN}])[{POINTS}](?=[{_HAN}])")


def written(name: str) -> str:
    """A name with its dots as the identity card has them: 沙玛●阿果 and 沙玛.阿果 are 沙玛·阿果."""
    return _DOT.sub("·", name)


def without_dots(name: str) -> str:
    """The canonical name without any dot or point, by which names are found and compared."""
    # Before NFKC, which takes ˙ apart.
    return canonical("".join(character for character in name if character not in DOTS + POINTS))


def same_name(one: str, other: str) -> bool:
    """Whether both are one name, however its dots are written; what is empty equals nothing."""
    first = without_dots(one)
    return bool(first) and first == without_dots(other)
