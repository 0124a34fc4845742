"""Bytes -> text: marks first, then proofs, then guesses; and what is not text is refused.

A byte order mark, valid UTF-8 and the pattern of zero bytes in UTF-16 are evidence; then comes what
somebody named, if the bytes do not speak against it. All else is a guess and is called one, so that the
screen can say so.
"""

import codecs
import re
from typing import NamedTuple

from reader.errors import UnreadableSource

SAMPLE = 32_768  # bytes looked at for a guess; more makes it slower, not better
AROUND = 200  # bytes to each side of one above 0x7f
CONTROLS = 0.1  # share of control bytes from which a file is not text
STRAYS = (
    1.5  # stray bytes to each UTF-8 sequence, above which it is none; Korean in EUC has 4, Chinese in GB 7
)
DAMAGE = (
    0.02  # share of bytes above 0x7f without meaning, from which an encoding is not the one that was named
)
UTF16_ZEROS = 0.1  # share of zero high bytes in UTF-16: blanks and line ends alone are more in any script

_MARKS = (  # UTF-32 before UTF-16: the one's mark begins with the other's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FORMATS = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office or EPUB document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
)
_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{1,2}|[\xf0-\xf4][\x80-\xbf]{1,3}"
)
_ODD_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r\b\x1b"))
_HIGH = re.compile(rb"[\x80-\xff]")
_ASCII = bytes(range(0x80))
_ODD = "[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]"  # what prose in UTF-16 does not hold


# What browsers read in place of what is said (WHATWG Encoding Standard): the larger of each family.
_FAMILIES = ("ascii", "big5", "cp", "euc", "gb", "iso", "koi8", "mac", "shift", "tis", "johab")
_LARGER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "tis-620": "cp874",
}


class Decoded(NamedTuple):
    """A text, the encoding it was read with, and whether that was a guess."""

    text: str
    encoding: str
    guessed: bool = False


def decode(content: bytes, charset: str = "") -> Decoded:
    """Turn the bytes of a file into text.

    Args:
        content: The bytes.
        charset: What the server named that they came from; "" if nobody did.

    Returns:
        The text without its byte order mark. Bytes that mean nothing in the
        encoding are U+FFFD; never a lone surrogate.

    Raises:
        UnreadableSource: The bytes are not text.
    """
    marked = _by_mark(content)
    if marked is not None:
        return marked
    _refuse_known_formats(content)
    return _by_zeros(content) or _by_utf8(content) or decode_as(content, charset) or _by_guess(content)


def decode_as(content: bytes, charset: str) -> Decoded | None:
    """Decode as is said, unless nobody knows that name or it leaves too much without meaning."""
    try:
        name = codecs.lookup(charset).name
        if not name.startswith(_FAMILIES):  # Python has codecs for other things than text
            return None
        name = _LARGER.get(name, name)
        text = content.decode(name, "replace")
    except (LookupError, ValueError, TypeError):
        return None
    high = sum(content.count(bytes((code,))) for code in range(0x80, 0x100))
    return None if text.count("\ufffd") > DAMAGE * high + 1 else Decoded(text, name)


def _by_mark(content: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark) and (len(content) % 4 == 0 or not encoding.startswith("utf-32")):
            return Decoded(content[len(mark) :].decode(encoding, "replace"), encoding)
    return None


def _refuse_known_formats(content: bytes) -> None:
    for start, name in _FORMATS:
        if content.startswith(start):
            raise UnreadableSource(f"not text: it begins as {name} does")


def _by_zeros(content: bytes) -> Decoded | None:
    """Read UTF-16 without a mark: in it every second byte of blanks and line ends is zero."""
    head = content[:SAMPLE]
    if b"\0" not in head or len(content) % 2:
        return None
    for encoding, high, low in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if high.count(0) >= UTF16_ZEROS * len(high) and not low.count(0):
            text = content.decode(encoding, "replace")
            if not re.search(_ODD, text[:SAMPLE]):
                return Decoded(text, encoding, guessed=True)
    return None


def _by_utf8(content: bytes) -> Decoded | None:
    """Read UTF-8, also damaged, as long as more of it has the form of UTF-8 than not."""
    _refuse_controls(content)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        if b"\0" in content:
            raise UnreadableSource(f"not text: a zero byte at {content.index(0):,}, and not UTF-8") from None
    sample = _telling_lines(content)
    rest, sequences = _UTF8_SEQUENCE.subn(b"", sample)
    strays = len(rest.translate(None, _ASCII))
    return (
        Decoded(content.decode("utf-8", "replace"), "utf-8", guessed=True)
        if strays <= STRAYS * sequences
        else None
    )


def _refuse_controls(content: bytes) -> None:
    head = content[:SAMPLE]
    controls = len(head) - len(head.translate(None, _ODD_CONTROLS))
    if controls > CONTROLS * len(head) and controls > 8:
        share = round(100 * controls / len(head))
        raise UnreadableSource(f"not text: {share} % of its first {len(head):,} bytes are control characters")


def _by_guess(content: bytes) -> Decoded:
    from reader.importers.guessing import guess_encoding  # noqa: PLC0415 - 5 ms, and rarely needed

    encoding = guess_encoding(_telling_lines(content))
    return Decoded(content.decode(encoding, "replace"), encoding, guessed=True)


def _telling_lines(content: bytes) -> bytes:
    """Gather the surroundings of bytes above 0x7f: the others say nothing."""
    sample = bytearray()
    taken = 0
    for match in _HIGH.finditer(content):
        if match.start() >= taken:
            near = max(taken, match.start() - AROUND)
            line = content.rfind(b"\n", near, match.start()) + 1
            end = content.find(b"\n", match.start(), match.start() + AROUND)
            taken = end if end >= 0 else match.start() + AROUND
            sample += content[line or near : taken] + b"\n"
        if len(sample) > SAMPLE:
            break
    return bytes(sample)
