"""What can be wrong with a number, whatever number it is."""

import enum


class NumberProblem(enum.Enum):
    """The first thing that is wrong; its words are the screens'."""

    LENGTH = "length"
    OLD_FORM = "old_form"  # a fifteen-digit number of the old card: the new card has the new number
    FORM = "form"  # a character that cannot stand there
    DATE = "date"  # no such day, or a day to come
    CHECK = "check"  # the check digit does not fit: a slip of the finger
    ORGANISATION = "organisation"  # the inner organisation code does not fit
    OTHER_KIND = "other_kind"  # right in itself, but of another kind of certificate
