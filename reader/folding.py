"""Fold a text for comparing: case and accents away, so that “Zelensky” finds “ZELÉNSKY”."""

import unicodedata


def fold(text: str) -> str:
    """Fold case and drop accents. The result may be longer or shorter than the text."""
    if text.isascii():
        return text.lower()
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in parted if not unicodedata.combining(character))
