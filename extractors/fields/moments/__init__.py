"""Date strings to moments: every form that pages print, in the languages of the table; no clock is read."""

from extractors.fields.moments.clocks import time_after
from extractors.fields.moments.moment import Found, Moment
from extractors.fields.moments.names import words_of_calendars
from extractors.fields.moments.order import DayOrder, day_order
from extractors.fields.moments.parsing import find, parse
from extractors.fields.moments.relative import relative

__all__ = ["DayOrder", "Found", "Moment", "day_order", "find", "parse", "relative", "time_after", "words_of_calendars"]
