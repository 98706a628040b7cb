"""What counts how much, where listings are scored by what they have in common with what somebody wants."""

CITY, LOCALITY, KIND = 4.0, 2.0, 1.0
ROOMS, PRICE = 0.5, 1.0
SEARCH = 6.0
"""Fits a saved search: more than a place alone, less than a place with much in common."""

RECENT = 0.93
"""Each like counts a little less than the one after it."""

SAME = 1.2, 0.4, 0.3
"""Of the same place, kind and cause: what is lost when one, three, seven, ... like it were shown."""
