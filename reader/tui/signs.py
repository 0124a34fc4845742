"""The signs that stand for things in every list, on the screen and on the command line."""

from reader.model import Status

STATUSES = {Status.NEW: "●", Status.READING: "◐", Status.DONE: "✓"}
STAR = "★"
ARTICLE, HIGHLIGHT, NOTE = "▤", "▪", "✎"
COPY = "≈"
PICKED = "■"
BAR = "▌"  # the cursor's row, also where there is no colour
