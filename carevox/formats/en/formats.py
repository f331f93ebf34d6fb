"""One form of date and of time, the same as in French: 1 Dec. 2026, 14:30."""

DATE_FORMAT = SHORT_DATE_FORMAT = "j N Y"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "j N Y, H:i"
TIME_FORMAT = "H:i"
