"""How often Python looks for garbage that only refers to itself."""

import gc

_NEW_OBJECTS = 10_000


def collect_rarely() -> None:
    """Look for it once in so many new objects instead of 700, and never in what is there now.

    To be called once, when all is loaded. Nearly everything that an answer is made of is freed at
    once, by counting references; looking for the rest every 700 objects, with all of Django looked
    through now and then, took a twenty-fifth of a sync's time and found nothing.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)
