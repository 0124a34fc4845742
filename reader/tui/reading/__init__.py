"""The reading room: one article, the ways through it, and the pencil."""
