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
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, groupby, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from whoosh.codec.base import PostingsWriter
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter

_HEAD = struct.Struct("=IIccc")  # documents, places, and the size of a number in each run
_SIZES = ((1 << 8, "B"), (1 << 16, "H"), (1 << 32, "I"))


class Postings(NamedTuple):
    """The documents of a term, in order."""

    documents: "array[int]"
    counts: "array[int]"
    """How often it stands in each."""
    places: "array[int]"
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

    def renumbered(self, numbers: Mapping[int, int]) -> "Postings":
        """Return them with other numbers for the documents, without those that have none."""
        kept = self.without(frozenset(self.documents).difference(numbers))
        return kept._replace(documents=array("I", map(numbers.__getitem__, kept.documents)))

    def without(self, gone: frozenset[int]) -> "Postings":
        """Return them without some documents."""
        if gone.isdisjoint(self.documents):
            return self
        kept = [one for one in self.documents if one not in gone]
        counts = [count for one, count in zip(self.documents, self.counts, strict=True) if one not in gone]
        places = self.places_in(set(kept)) if self.places else {}
        return Postings(array("I", kept), array("I", counts), array("I", chain(*places.values())))


NONE = Postings(array("I"), array("I"), array("I"))


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


class Inverter:
    """The terms of all documents that are written at once, turned round: where each term stands.

    Takes the place of Whoosh's pool, which keeps a tuple for each term of each document and sorts
    them all: half of the time of a build. 4,000 articles of 5 KB take 40 MiB here.
    """

    def __init__(self) -> None:
        self._fields = defaultdict[str, defaultdict[bytes, Postings]](lambda: defaultdict(_new))

    def add(self, field: str, document: int, terms: Sequence[str]) -> None:
        """Add the terms of a text; documents come in the order of their numbers."""
        places = defaultdict[str, list[int]](list)
        for place, term in enumerate(terms):
            places[term].append(place)
        runs = self._fields[field]
        for term, found in places.items():
            documents, counts, stand = runs[term.encode(errors="surrogatepass")]
            documents.append(document)
            counts.append(len(found))
            stand.extend(found)

    def add_labels(self, field: str, document: int, terms: Iterable[str]) -> None:
        """Add terms that stand nowhere in a document, but are true of it."""
        for term in set(terms):
            documents, counts, _ = self._fields[field][term.encode(errors="surrogatepass")]
            documents.append(document)
            counts.append(1)

    def take(self, field: str, term: bytes, postings: Postings) -> None:
        """Add the postings of a term in another segment, behind all that were added before."""
        if postings.documents:
            for run, more in zip(self._fields[field][term], postings, strict=True):
                run.extend(array("I", more))

    def iter_postings(self) -> Iterator[tuple[str, bytes, Postings]]:
        """Yield field, term and postings, as Whoosh sorts them."""
        for field, runs in sorted(self._fields.items()):
            yield from ((field, term, runs[term]) for term in sorted(runs))

    def cleanup(self) -> None:
        """Forget them all."""
        self._fields.clear()


def _new() -> Postings:
    return Postings(array("I"), array("I"), array("I"))


class _Writer(PostingsWriter):  # type: ignore[misc]  # Whoosh has no types
    """Writes the postings of one term after the other."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._terminfo: Any = None
        self._postings = NONE
        self._weights: tuple[float, ...] = ()

    def start_postings(self, _: object, terminfo: object) -> None:
        """Begin a term."""
        self._terminfo = terminfo

    def put(self, postings: Postings) -> None:
        """Say what the term's postings are."""
        self._postings = postings

    def finish_postings(self) -> Any:
        """Write the term; returns what the list of terms says of it."""
        written = packed(self._postings)
        self._terminfo.add_block(self)
        self._terminfo.set_extent(self._file.tell(), len(written))
        self._file.write(written)
        return self._terminfo

    def written(self) -> bool:
        """Say that nothing of the term is written before it is finished."""
        return False

    # What Whoosh keeps of a term beside its postings; only where these begin is ever asked for.

    def __len__(self) -> int:
        return len(self._postings.documents)

    def min_id(self) -> int:
        """Return the first document."""
        return self._postings.documents[0]

    def max_id(self) -> int:
        """Return the last document."""
        return self._postings.documents[-1]

    def min_length(self) -> int:
        """Return nothing."""
        return 0

    max_length = max_weight = min_length


class _FieldWriter(W3FieldWriter):  # type: ignore[misc]  # Whoosh has no types
    """Writes the terms of all fields."""

    def add_postings(self, schema: Any, _: object, found: Iterable[tuple[str, bytes, Postings]]) -> None:
        """Write the terms of an `Inverter`."""
        for field, of_field in groupby(found, key=itemgetter(0)):
            self.start_field(field, schema[field])
            for _, term, postings in of_field:
                self.start_term(term)
                self._postwriter.put(postings)
                self.finish_term()
            self.finish_field()


class Codec(W3Codec):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's own form of an index, but for the postings."""

    length_stats = False  # the length of a text is a column of its own

    def field_writer(self, storage: Any, segment: Any) -> _FieldWriter:
        """Return what writes terms."""
        return _FieldWriter(self, storage, segment)

    def postings_writer(self, dbfile: Any, byteids: object = None) -> _Writer:  # noqa: ARG002 - Whoosh's signature
        """Return what writes postings."""
        return _Writer(dbfile)


CODEC = Codec()
