"""线上预审意见: what was found in an application sent by QQ or WeChat, as text that is sent back."""

from pxtui.papers.writing.plain_text import Lines, Sentence

PARTS = (
    Sentence("title"),
    Sentence("number_line"),
    Sentence("addressee"),
    Sentence("received"),
    Sentence("faults"),
    Lines("faults"),
    Sentence("doubts"),
    Lines("doubts"),
    Sentence("papers"),
    Lines("papers"),
    Sentence("then"),
    Sentence("version_line"),
    Sentence("closing"),
)
