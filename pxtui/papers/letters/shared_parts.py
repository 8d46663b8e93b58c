"""Parts that several letters have alike: how an applicant reaches the office and signs, and columns of defects."""

from dataclasses import replace

from pxtui.papers.writing.letter import CENTRED, CODE, FIGURE, NOTE, Column, Fields, Part, Stamp, Text

CLOSING: tuple[Part, ...] = (
    Fields((("officer", "phone"), ("supervision_phone", "delivery"))),
    Stamp(),
    Text("receipt", NOTE),
)
"""Contacts, the stamped name of the office, and the line on which the applicant signs for the letter."""

DEFECT_COLUMNS = (
    Column("seq", 9, FIGURE),
    Column("item", 25, CENTRED),
    Column("person", 19, CENTRED),
    Column("id_number", 39, replace(CODE, size=9.5)),
    Column("fault", 38),
    Column("remedy", 27),
    Column("clause", 13, CENTRED),
)
"""Defect of an application: what it is about, what is wrong, what to do, by which clause of the notice."""
