"""Text from outside, made inert: nothing left in it that a terminal would act on.

Every string from a document, a file name or an error message passes here once
on its way in, and once more in the last filter before the screen. The result
has the *same length*, so offsets hold; what was a control character shows as
its Unicode picture (ESC as ␛) or, where there is none, as U+FFFD.
"""

import re

_REPLACEMENT = 0xFFFD
_PICTURES = 0x2400  # U+2400 SYMBOL FOR NULL, then one picture for each C0 control
_DELETE_PICTURE = 0x2421

# Directional overrides and isolates can show a line in another order than it is
# stored ("Trojan Source", CVE-2021-42574). Line and paragraph separators move the cursor
# on some terminals. Noncharacters and surrogates have no place in a text.
_BIDI_CONTROLS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SEPARATORS = (0x2028, 0x2029)
_TAGS = range(0xE0000, 0xE0080)

_STAND_INS: dict[int, int] = {
    **{code: _PICTURES + code for code in range(0x20)},
    0x7F: _DELETE_PICTURE,
    **dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT),
    **dict.fromkeys(_BIDI_CONTROLS, _REPLACEMENT),
    **dict.fromkeys(_SEPARATORS, 0x20),
    **dict.fromkeys(range(0xFDD0, 0xFDF0), _REPLACEMENT),
    **dict.fromkeys((0xFFFE, 0xFFFF, 0xFEFF), _REPLACEMENT),
    **dict.fromkeys(_TAGS, _REPLACEMENT),
}
_ACTIVE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef"
    "\ufffe\uffff\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
_ACTIVE_IN_LINES = re.compile(_ACTIVE.pattern.replace("\x00-\x1f", "\x00-\x09\x0b-\x1f"))


def inert(text: str) -> str:
    """Replace every active character by a visible stand-in.

    Returns:
        A text of the same length, in code points. Newlines and tabs count as
        active: a caller that has lines uses `inert_lines`.
    """
    return _ACTIVE.sub(_stand_in, text) if _ACTIVE.search(text) else text


def inert_lines(text: str) -> str:
    """Do as `inert`, but let newlines stand."""
    return _ACTIVE_IN_LINES.sub(_stand_in, text) if _ACTIVE_IN_LINES.search(text) else text


def inert_fields(text: str) -> str:
    """Do as `inert_lines`, but let tabs stand too: they part the fields of a line."""
    return "\t".join(map(inert_lines, text.split("\t")))


def is_inert(text: str) -> bool:
    """Tell whether no character of a text would make a terminal act."""
    return _ACTIVE.search(text) is None


def _stand_in(match: re.Match[str]) -> str:
    return chr(_STAND_INS.get(ord(match.group()), _REPLACEMENT))
