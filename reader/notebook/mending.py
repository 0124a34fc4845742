"""Versions of the user's files that were parted, put together: for git, and for `reader doctor`.

A door of its own, so that nothing of it is loaded until somebody asks.
"""

from reader.annotations.conflicts import merge_driver
from reader.annotations.mending import Mended, mend

__all__ = ["Mended", "mend", "merge_driver"]
