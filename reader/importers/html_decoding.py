"""The bytes of a page -> its text. A page may say how it is encoded, and may be wrong.

A byte order mark and valid UTF-8 are proofs; then what the page itself says, then what its server
said; then a guess.
"""

import codecs
import re

from reader.importers.decoding import Decoded, decode, decode_as

HEAD = 4096  # bytes in which a page says its encoding; browsers look at 1,024, some pages say it later

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAYS = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE
)


def decode_page(content: bytes, charset: str = "") -> Decoded:
    """Turn the bytes of a page into text.

    Args:
        content: The bytes.
        charset: What its server named; "" if nobody did.

    Raises:
        UnreadableSource: The bytes are not text.
    """
    if content.startswith(_MARKS) or b"\0" in content[:HEAD]:
        return decode(content, charset)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        said = _SAYS.search(content[:HEAD])
        named = said[1].decode("ascii", "replace") if said else ""
        return decode_as(content, named) or decode(content, charset)
