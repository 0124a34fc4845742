"""What was found out about texts, kept for the next start: a text never changes under its id."""

from collections.abc import Hashable
from hashlib import blake2s

from reader.annotations import AnnotationStore


class Answers:
    """Questions about texts, and what was found. Only saves time: without it all is found out again.

    Args:
        store: Where they are kept.
    """

    def __init__(self, store: AnnotationStore) -> None:
        self._store = store
        self._known: dict[str, str] | None = None
        self._new: dict[str, str] = {}

    def get(self, question: str) -> str | None:
        """Return what was found; None if nobody asked before."""
        if self._known is None:
            self._known = self._store.recall()
        return self._known.get(question)

    def put(self, question: str, answer: str) -> None:
        """Note what was found."""
        if self.get(question) != answer and self._known is not None:
            self._known[question] = self._new[question] = answer

    def keep(self) -> None:
        """Write down what is new."""
        if self._new:
            new, self._new = self._new, {}
            self._store.keep(new)


def digest_of(*parts: Hashable) -> str:
    """Return a short name for what a question is about: texts, ids, and tuples of them."""
    return blake2s(repr(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
