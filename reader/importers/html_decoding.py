"""The bytes of a page -> its text. A page may say how it is encoded, and may be wrong.

A byte order mark and valid UTF-8 are proofs; then what the page itself says; then a guess.
"""

import codecs
import re

from reader.importers.decoding import Decoded, decode

HEAD = 4096  # bytes in which a page says its encoding; browsers look at 1,024, some pages say it later
DAMAGE = 0.02  # share of bytes without meaning above which a page does not tell the truth

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAYS = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE
)
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


def decode_page(content: bytes) -> Decoded:
    """Turn the bytes of a page into text.

    Raises:
        UnreadableSource: The bytes are not text.
    """
    if content.startswith(_MARKS) or b"\0" in content[:HEAD]:
        return decode(content)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _as_said(content) or decode(content)


def _as_said(content: bytes) -> Decoded | None:
    """Decode as the page says, unless that leaves too much without meaning."""
    said = _SAYS.search(content[:HEAD])
    if said is None:
        return None
    try:
        name = codecs.lookup(said[1].decode("ascii", "replace")).name
        if not name.startswith(_FAMILIES):  # Python has codecs for other things than text
            return None
        name = _LARGER.get(name, name)
        text = content.decode(name, "replace")
    except (LookupError, ValueError, TypeError):
        return None
    high = sum(content.count(bytes((code,))) for code in range(0x80, 0x100))
    return None if text.count("\ufffd") > DAMAGE * high + 1 else Decoded(text, name)
