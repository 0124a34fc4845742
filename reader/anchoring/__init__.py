"""Describe a passage so that it can be found again, and find it.

A passage is kept by its words, by what stood around them, and by its place. The place is
trusted only while the words stand there; the words only while enough speaks for them.
What cannot be told from its neighbours is not found: a note on the wrong passage says
something its reader never wrote, a note without one waits to be put back.
"""

from reader.anchoring.among import CLEAR, locate_among
from reader.anchoring.describing import CONTEXT, describe
from reader.anchoring.locating import locate, locate_all

__all__ = ["CLEAR", "CONTEXT", "describe", "locate", "locate_all", "locate_among"]
