"""Parts that several letters have alike: how an applicant reaches the office and signs, and columns of defects."""

from dataclasses import replace

from pxtui.papers.writing.letter import CENTRED, CODE, FIGURE, NOTE, SENTENCE, Fields, LetterColumn, Part, Stamp, Text

CLOSING: tuple[Part, ...] = (
    Fields((("officer", "phone"), ("supervision_phone", "delivery"))),
    Stamp(),
    Text("receipt", NOTE),
)
"""Contacts, the stamped name of the office, and the line on which the applicant signs for the letter."""

DEFECT_COLUMNS = (
    LetterColumn("seq", 10, FIGURE),
    LetterColumn("item", 21, CENTRED),
    LetterColumn("person", 19, CENTRED),
    LetterColumn("id_number", 34, replace(CODE, size=9.5)),
    LetterColumn("fault", 39.6, SENTENCE),
    LetterColumn("remedy", 33, SENTENCE),
    LetterColumn("clause", 13.4, CENTRED),
)
"""Defect of an application: what it is about, what is wrong, what to do, by which clause of the notice."""
