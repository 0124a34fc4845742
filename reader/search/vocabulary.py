"""The words of the documents as they are written, folded but not cut: for beginnings and misspellings.

Written just before the documents are; should a crash come between, a word may count once too
often, which changes nothing but which of many words a beginning stands for.
"""

import sqlite3
from collections.abc import Mapping
from itertools import takewhile
from operator import eq
from pathlib import Path

_SCHEMA = "CREATE TABLE IF NOT EXISTS word (text TEXT PRIMARY KEY, documents INTEGER) WITHOUT ROWID"
_LAST = chr(0x10FFFF)  # sorts behind whatever may follow a beginning
_MIN_SPELT = 3  # letters of a word that may be misspelt; a shorter one is like too many
_MIN_TWICE = 5  # letters of a word with two faults; of four, two that are wrong leave another word
_MIN_STEM = 5  # letters of a stem that says what a word means
_MAX_KIN = 3  # words with a stem that are looked at
_MAX_SPELT = 40  # and that of a longer one; who types more has pasted something
_ALPHABETS = tuple(
    frozenset(map(chr, range(ord(first), ord(last) + 1)))
    for first, last in ("az", "\u0430\u045f", "\u03b1\u03c9")
)
"""Letters that may be missing: of a script that a word is written in."""
_BATCH = 500  # values in one question; SQLite takes 999 at least


class Vocabulary:
    """The words of one index. The index guards it against two threads at once.

    It is part of the index, lost and made anew with it, and read on a full disk too: so it is
    no `Database` of the shadows, which writes a log beside itself when it is opened.

    Args:
        path: The file; ":memory:" keeps none.
    """

    def __init__(self, path: Path | str) -> None:
        self._db = sqlite3.connect(path, check_same_thread=False)
        try:
            self._db.execute("PRAGMA synchronous = OFF")  # a shadow, as the index is
            self._db.execute(_SCHEMA)
        except sqlite3.Error:  # no database, or a damaged one
            self._db.close()
            raise

    def count(self, words: Mapping[str, int], *, anew: bool = False) -> None:
        """Count words: by each, in how many documents more (or less) it stands; `anew` forgets the others."""
        query = (
            "INSERT INTO word VALUES (?, ?)"
            " ON CONFLICT (text) DO UPDATE SET documents = documents + excluded.documents"
        )
        with self._db:
            if anew:
                self._db.execute("DELETE FROM word")
            self._db.executemany(query, words.items())
            gone = [(word,) for word, number in words.items() if number < 0]
            self._db.executemany("DELETE FROM word WHERE text = ? AND documents <= 0", gone)

    def beginning(self, letters: str, limit: int) -> list[str]:
        """Return words that begin so, the commonest first."""
        query = "SELECT text FROM word WHERE text >= ? AND text < ? ORDER BY documents DESC, text LIMIT ?"
        return [word for (word,) in self._db.execute(query, (letters, letters + _LAST, limit))]

    def spellings(self, word: str, stem: str) -> list[str]:
        """Return what a word that no document has may mean, the likeliest first; none if one has it.

        Args:
            word: The word as it is typed.
            stem: Its forms may begin so: "boycotting" is cut to "boycot", and "boycott" is not.
        """
        if len(word) < _MIN_SPELT or self._known({word}):
            return []
        near = self.resembling(word, 1) or (self.resembling(word, 2) if len(word) >= _MIN_TWICE else [])
        return near or (self.beginning(stem, _MAX_KIN) if len(stem) >= _MIN_STEM else [])

    def resembling(self, word: str, typos: int) -> list[str]:
        """Return the words that differ in so many letters at most, the nearest first.

        Args:
            word: The word as it is typed.
            typos: 1, or 2; for two, the first letter has to be right.
        """
        if len(word) > _MAX_SPELT:
            return self._known({word})
        near = self._known(_neighbours(word))
        if typos == 1:
            return near
        query = (
            "SELECT text FROM word WHERE text >= ? AND text < ? AND length(text) BETWEEN ? AND ?"
            " ORDER BY documents DESC, text"
        )
        span = (word[:1], word[:1] + _LAST, len(word) - typos, len(word) + typos)
        letters = set(word)
        alike = (
            one
            for (one,) in self._db.execute(query, span)
            if len(letters.difference(one)) <= typos and _is_like(word, one, typos)
        )
        return list(dict.fromkeys((*near, *alike)))

    def _known(self, words: set[str]) -> list[str]:
        """Return those that stand somewhere, the commonest first."""
        some, found = sorted(words), list[tuple[int, str]]()
        for at in range(0, len(some), _BATCH):
            batch = some[at : at + _BATCH]
            query = f"SELECT -documents, text FROM word WHERE text IN ({', '.join('?' * len(batch))})"  # noqa: S608 - question marks
            found += self._db.execute(query, batch)
        return [word for _, word in sorted(found)]

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _neighbours(word: str) -> set[str]:
    """Return a word, and all that differ in one letter: wrong, missing, too many, or in the wrong place."""
    letters = set(word).union(*(one for one in _ALPHABETS if not one.isdisjoint(word)))
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return {
        word,
        *(left + right[1:] for left, right in halves if right),
        *(left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1),
        *(left + letter + right[1:] for left, right in halves if right for letter in letters),
        *(left + letter + right for left, right in halves for letter in letters),
    }


def _is_like(one: str, other: str, typos: int) -> bool:
    """Tell whether two words differ in so many letters at most; their common beginning is left off first."""
    if abs(len(one) - len(other)) > typos:
        return False
    alike = sum(takewhile(bool, map(eq, one, other)))
    one, other = one[alike:], other[alike:]
    if not (typos and one and other):
        return len(one) + len(other) <= typos
    return (
        _is_like(one[1:], other[1:], typos - 1)
        or _is_like(one, other[1:], typos - 1)
        or _is_like(one[1:], other, typos - 1)
        or (one[:2] == other[1::-1] and _is_like(one[2:], other[2:], typos - 1))
    )
