"""Which legacy encoding bytes were written in, when nothing tells.

Statistics need a page; a note of ten words has none. For those each reading is scored by what
prose does not do: capitals inside words, two scripts in one word, signs between letters.
"""

import re

ENOUGH = 200  # bytes above 0x7f from which letter statistics can be trusted

_ASCII = bytes(range(0x80))
# Legacy encodings in order of use on the web; the first of equals wins.
_LEGACY = (
    "cp1252",
    "cp1251",
    "cp932",
    "gb18030",
    "euc_jp",
    "euc_kr",
    "big5",
    "koi8_r",
    "cp1250",
    "cp1253",
    "cp1254",
)
# Found by nobody in prose: control, private and unassigned code points, box drawing, half-width kana.
_ODD = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff\u2500-\u259f\uff61-\uff9f\U00010000-\U0010ffff]"
)
_JAPANESE = ("cp932", "euc_jp")
_HIRAGANA = re.compile("[\u3041-\u3096]")  # the same bytes in GB and in EUC-JP: only the latter means them
_CAPITAL_INSIDE = re.compile("[a-zà-öø-ÿа-яёα-ώ][A-ZÀ-ÖØ-ÞА-ЯЁΑ-Ϋ]")
_SCRIPTS_MIXED = re.compile("[A-Za-z][Ѐ-ӿͰ-Ͽ\u3040-\u9fff\uac00-\ud7a3]|[Ѐ-ӿͰ-Ͽ][A-Za-z]")
_ACCENTS_IN_A_ROW = re.compile("[À-ÖØ-öø-ƿ]{2}")
_SIGN_IN_WORD = re.compile("(?<=[^\\W\\d_])[¡-©«-´¶-¹»-¿×÷€‚-‡•…‰‹›™](?=[^\\W\\d_])")
_UPPER_WORD = re.compile("[À-ÖØ-ÞЁА-ЯΑ-Ϋ]{2}")


def guess_encoding(sample: bytes) -> str:
    """Guess the encoding of a sample of lines that are not ASCII.

    Returns:
        The name of a codec. Never Latin-1: what it calls C1 controls are the
        quotation marks and dashes of cp1252.
    """
    guess = _by_statistics(sample)
    if guess in _LEGACY:
        return guess
    plain = min(_LEGACY, key=lambda name: _strangeness(sample, name))
    # A rare encoding must read better, not just as well: 30 of them read a French line without a fault.
    return guess if guess and _strangeness(sample, guess) < _strangeness(sample, plain) else plain


def _by_statistics(sample: bytes) -> str | None:
    """Ask charset-normalizer, which knows the letters of many languages."""
    if len(sample.translate(None, _ASCII)) < ENOUGH:
        return None
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 40 ms to import, rarely needed

    best = from_bytes(sample).best()
    return best.encoding if best is not None and best.encoding not in ("ascii", "latin_1") else None


def _strangeness(sample: bytes, encoding: str) -> float:
    """Tell how unlike prose a reading of the bytes looks; 0 is best."""
    text = sample.decode(encoding, "replace")
    return (
        4 * len(_ODD.findall(text))
        + 2 * len(_SCRIPTS_MIXED.findall(text))
        + 2 * len(_CAPITAL_INSIDE.findall(text))
        + 2 * len(_SIGN_IN_WORD.findall(text))
        + (0 if encoding in _JAPANESE else len(_HIRAGANA.findall(text)))
        + len(_ACCENTS_IN_A_ROW.findall(text))
        + len(_UPPER_WORD.findall(text)) / 2
    )
