"""Python's garbage collector, told what is worth looking through.

What modules, models and routes are made of stays as long as the process does. Looking through it finds nothing: after
every 700 new objects, as is usual, it takes a sixth of the time that a process needs to start; later a full collection
stops every thread for a third of a second, and in a forked process copies all that it touches.
"""

import gc

USUAL = gc.get_threshold()
SELDOM = (50_000, 10, 10)


def look_seldom() -> None:
    """For a process that starts, or is soon over."""
    gc.set_threshold(*SELDOM)


def spare_what_is_there() -> None:
    """For a process that has started: what is there now is looked through no more, and what comes as often as usual.

    Else what requests leave behind would pile up to some forty megabytes.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*USUAL)
