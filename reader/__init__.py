"""The reading room: articles in, notes out, everything findable, in a terminal."""

__version__ = "0.1.0"
