"""What opens over a room, asks or shows one thing, and closes with the answer."""
