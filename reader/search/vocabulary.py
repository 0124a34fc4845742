"""The words of the documents as they are written, folded but not cut: for beginnings and misspellings.

Written just before the documents are; should a crash come between, a word may count once too
often, which changes nothing but which of many words a beginning stands for.
"""

import sqlite3
import string
from collections.abc import Mapping
from pathlib import Path

_SCHEMA = "CREATE TABLE IF NOT EXISTS word (text TEXT PRIMARY KEY, documents INTEGER) WITHOUT ROWID"
_LAST = chr(0x10FFFF)  # sorts behind whatever may follow a beginning
_MIN_SPELT = 3  # letters of a word that may be misspelt; a shorter one is like too many
_MAX_SPELT = 40  # and that of a longer one; who types more has pasted something
_BATCH = 500  # values in one question; SQLite takes 999 at least


class Vocabulary:
    """The words of one index. The index guards it against two threads at once.

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

    def spellings(self, word: str) -> list[str]:
        """Return what a word that no document has may mean, the likeliest first; none if one has it."""
        if len(word) < _MIN_SPELT or self._known({word}):
            return []
        near = self.resembling(word, 1)
        return near or self.resembling(word, 2)

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
            " AND (instr(text, ?) OR instr(text, ?) OR instr(text, ?)) ORDER BY documents DESC, text"
        )
        span = (word[:1], word[:1] + _LAST, len(word) - 2, len(word) + 2)
        alike = (one for (one,) in self._db.execute(query, span + _thirds(word)) if _is_two_apart(word, one))
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
    letters = set(string.ascii_lowercase) | set(word)
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return {
        word,
        *(left + right[1:] for left, right in halves if right),
        *(left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1),
        *(left + letter + right[1:] for left, right in halves if right for letter in letters),
        *(left + letter + right for left, right in halves for letter in letters),
    }


def _thirds(word: str) -> tuple[str, str, str]:
    """Cut a word in three: two wrong letters leave one of the parts as it is."""
    one, two = len(word) // 3, 2 * len(word) // 3
    return word[:one], word[one:two], word[two:]


def _is_two_apart(one: str, other: str) -> bool:
    """Tell whether two words of like length differ in two letters at most."""
    before = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, another in enumerate(other, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != another)))
        if min(now) > 2:
            return False
        before = now
    return before[-1] <= 2
