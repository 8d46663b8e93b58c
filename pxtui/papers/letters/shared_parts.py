"""Parts that several letters have alike: how an applicant reaches the office and signs, and columns of defects."""

from dataclasses import replace

from pxtui.papers.writing.letter import (
    CODE,
    FIGURE,
    NOTE,
    PHRASE,
    SENTENCE,
    Fields,
    LetterColumn,
    Part,
    Stamp,
    Text,
)

CLOSING: tuple[Part, ...] = (
    Fields((("officer", "phone"), ("supervision_phone", "delivery"))),
    Stamp(),
    Text("receipt", NOTE),
)
"""Contacts, the stamped name of the office, and the line on which the applicant signs for the letter."""

DEFECT_COLUMNS = (
    LetterColumn("seq", 9, FIGURE),
    LetterColumn("item", 24.4, PHRASE),
    LetterColumn("person", 20.6, PHRASE),
    LetterColumn("id_number", 32, replace(CODE, size=9.5)),
    LetterColumn("fault", 39.4, SENTENCE),
    LetterColumn("remedy", 32.6, SENTENCE),
    LetterColumn("clause", 12, PHRASE),
)
"""Defect of an application: what it is about, what is wrong, what to do, by which clause of the notice."""
