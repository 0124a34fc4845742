"""The ids of annotations: unlike any other, and in the order of their making."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def new_id(now: datetime, random: Callable[[int], bytes]) -> str:
    """Make a ULID: 26 letters and digits, in the order of time.

    Args:
        now: The time, which gives the first ten.
        random: Returns so many random bytes; ten give the other sixteen.

    Source:
        https://github.com/ulid/spec
    """
    number = (now - _EPOCH) // timedelta(milliseconds=1) << 80 | int.from_bytes(random(10))
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))
