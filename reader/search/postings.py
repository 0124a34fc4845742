"""Where terms stand, and how that lies in the index: three runs of numbers a term.

Whoosh's own codec keeps postings as pickles in compressed blocks of 128, and reads them one at
a time. Here a term has its documents, how often it stands in each, and where, in as few bytes
a number as the greatest of them needs, read at one go: a fifth of the size, several times as
fast to read, and nothing in it can do harm. Numbers lie in the order of this machine's bytes;
Whoosh looks at that order before anything else is read.
"""

import struct
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, chain, pairwise
from typing import Any, NamedTuple

from whoosh import formats
from whoosh.codec.base import PostingsWriter
from whoosh.codec.whoosh3 import W3Codec
from whoosh.matching import ListMatcher

_HEAD = struct.Struct("=IIccc")  # documents, places, and the size of a number in each run
_SIZES = ((1 << 8, "B"), (1 << 16, "H"), (1 << 32, "I"))
_PLACE = 4  # bytes of a place before it is written

_Posting = tuple[str, int, float, bytes]


class Postings(NamedTuple):
    """The documents of a term, in order."""

    documents: Sequence[int]
    counts: Sequence[int]
    """How often it stands in each."""
    places: Sequence[int]
    """Where it stands in them, one document after the other; empty if that is not kept."""

    def places_in(self, wanted: Collection[int]) -> dict[int, Sequence[int]]:
        """Return by document where it stands, for some of them."""
        ends = accumulate(self.counts)
        return {
            document: self.places[end - count : end]
            for document, count, end in zip(self.documents, self.counts, ends, strict=True)
            if document in wanted
        }

    def shifted(self, by: int) -> "Postings":
        """Return them with other numbers for the documents."""
        return self._replace(documents=array("I", [one + by for one in self.documents])) if by else self

    def without(self, gone: frozenset[int]) -> "Postings":
        """Return them without some documents."""
        if gone.isdisjoint(self.documents):
            return self
        kept = [one for one in self.documents if one not in gone]
        counts = [count for one, count in zip(self.documents, self.counts, strict=True) if one not in gone]
        places = self.places_in(set(kept)) if self.places else {}
        return Postings(array("I", kept), array("I", counts), array("I", chain(*places.values())))


NONE = Postings((), (), ())


def joined(parts: Sequence[Postings]) -> Postings:
    """Put together the postings of a term in several segments."""
    if len(parts) < 2:
        return parts[0] if parts else NONE
    return Postings(*(array("I", chain.from_iterable(runs)) for runs in zip(*parts, strict=True)))


def packed(postings: Postings) -> bytes:
    """Write postings."""
    steps = [after - before for before, after in pairwise((0, *postings.documents))]
    has_counts = len(postings.places) > len(steps)
    runs = [_narrow(run) for run in (steps, postings.counts if has_counts else (), postings.places)]
    head = _HEAD.pack(len(steps), len(postings.places), *(run.typecode.encode() for run in runs))
    return b"".join((head, *(run.tobytes() for run in runs)))


def read(file: Any, offset: int) -> Postings:
    """Read postings from where they begin in a file.

    Raises:
        ValueError: They are damaged.
        struct.error: They are cut off.
    """
    file.seek(offset)
    number, places, *codes = _HEAD.unpack(file.read(_HEAD.size))
    steps, counts, stand = (array(code.decode("ascii")) for code in codes)
    for run, length in ((steps, number), (counts, number if places > number else 0), (stand, places)):
        run.frombytes(file.read(length * run.itemsize))
        if len(run) != length:
            raise ValueError("postings are cut off")
    if not number:
        raise ValueError("postings are damaged")
    return Postings(array("I", accumulate(steps)), counts or array("B", bytes((1,)) * number), stand)


def _narrow(numbers: Sequence[int]) -> "array[int]":
    greatest = max(numbers, default=0)
    return array(next(code for limit, code in _SIZES if greatest < limit), numbers)


class Places(formats.Format):  # type: ignore[misc]  # Whoosh has no types
    """That a term stands in a document, and where."""

    def __init__(self) -> None:
        super().__init__()

    def word_values(self, value: Sequence[str], analyzer: object, **options: object) -> Iterator[_Posting]:  # noqa: ARG002 - Whoosh's signature
        """Yield each term of a list with its count, its weight and where it stands."""
        places = defaultdict[str, list[int]](list)
        for place, term in enumerate(value):
            places[term].append(place)
        for term, found in places.items():
            yield term, len(found), 1.0, array("I", found).tobytes()


class Presence(formats.Existence):  # type: ignore[misc]  # Whoosh has no types
    """That a document has a term, and nothing else."""

    def word_values(self, value: Iterable[str], analyzer: object, **options: object) -> Iterator[_Posting]:  # noqa: ARG002 - Whoosh's signature
        """Yield each term of a set."""
        return ((term, 1, 1.0, b"") for term in value)


class _Writer(PostingsWriter):  # type: ignore[misc]  # Whoosh has no types
    """Writes the postings of one term after the other."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._terminfo: Any = None

    def start_postings(self, _: object, terminfo: object) -> None:
        """Begin a term."""
        self._terminfo = terminfo
        self._documents = array("I")
        self._places: list[bytes] = []
        self._weights: tuple[float, ...] = ()

    def add_posting(self, document: int, _: float, places: bytes, __: object = None) -> None:
        """Add a document to the term."""
        self._documents.append(document)
        self._places.append(places)

    def finish_postings(self) -> Any:
        """Write the term; returns what the list of terms says of it."""
        places = array("I", b"".join(self._places))
        counts = [len(one) // _PLACE for one in self._places]
        written = packed(Postings(self._documents, counts, places))
        self._terminfo.add_block(self)
        self._terminfo.set_extent(self._file.tell(), len(written))
        self._file.write(written)
        return self._terminfo

    def written(self) -> bool:
        """Say that nothing of the term is written before it is finished."""
        return False

    # What Whoosh keeps of a term beside its postings: only the number of its documents is ever asked for.

    def __len__(self) -> int:
        return len(self._documents)

    def min_id(self) -> int:
        """Return the first document."""
        return self._documents[0]

    def max_id(self) -> int:
        """Return the last document."""
        return self._documents[-1]

    def min_length(self) -> int:
        """Return nothing."""
        return 0

    max_length = max_weight = min_length


class Codec(W3Codec):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's own form of an index, but for the postings."""

    length_stats = False  # the length of a text is a column of its own

    def postings_writer(self, dbfile: Any, byteids: object = None) -> _Writer:  # noqa: ARG002 - Whoosh's signature
        """Return what writes postings."""
        return _Writer(dbfile)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: object, term: object = None, scorer: object = None
    ) -> ListMatcher:
        """Return postings one at a time, as Whoosh reads them when it merges segments."""
        documents, counts, places = read(dbfile, terminfo.extent()[0])
        ends = accumulate(counts) if places else (0 for _ in counts)
        values = [
            array("I", places[end - count : end]).tobytes() if places else b""
            for count, end in zip(counts, ends, strict=True)
        ]
        return ListMatcher(documents, None, values, format_, scorer=scorer, term=term, terminfo=terminfo)


CODEC = Codec()
