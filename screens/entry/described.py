"""What F1 tells of the field under the cursor, by its own description: what it means, its form, its choices."""

from screens.entry.fields import Alphabet, Field, day_example

_FORMS = {
    Alphabet.TEXT: "文字；全角的数字、字母照收，首尾的空格不要。",
    Alphabet.DIGITS: "数字；全角的自动改为半角。",
    Alphabet.ID_NUMBER: "18位身份证号，末位X也可按小键盘的*、.或/；空格和横线不要。",
    Alphabet.CODE: "字母和数字，小写自动改为大写。",
    Alphabet.DECIMAL: "数字，可以有小数，如40.5。",
    Alphabet.CHOICE: "按编号选，或输汉字、拼音首字母缩小范围；只剩一个时自动取定，F2列出全部。",
    Alphabet.SEVERAL: "按编号选，可选几项，再按一次取消。",
}
_MOST = 60
"""Choices that are listed; of more, typing narrows them."""


def described(field: Field) -> tuple[str, ...]:
    """Paragraphs about a field; the last one is empty, before what follows."""
    must = "（必填）" if field.required else ""
    lines = [f"当前栏：{field.label}{must}。{field.help}", f"写法：{_form(field)}"]
    if field.choices:
        labels = [label for _, label in field.choices if label]
        more = f"等{len(labels)}项" if len(labels) > _MOST else ""
        lines.append(f"可选：{'、'.join(labels[:_MOST])}{more}")
    return (*lines, "")


def _form(field: Field) -> str:
    if field.is_secret:
        return "输入的内容不显示。"
    form = _FORMS.get(field.alphabet) or f"日期，如{day_example(field.base_day)}，也可写2020-03-16。"
    return f"{form}满{field.length}位自动到下一栏。" if field.length else form
