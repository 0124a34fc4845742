"""How fast the index is built, asked and kept true: `python -m benchmarks.searching [ARTICLES] [FOLDER]`.

Articles of 5 KB and a note for every second one are made of words with the frequencies of a
language: few are common, most are rare. The index is built beside one with Whoosh's own
analyser and writer, in the same run, so that the ratio holds on any machine.
"""

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from whoosh import fields
from whoosh.analysis import StemmingAnalyzer
from whoosh.index import create_in

from reader.search.index import Index
from reader.search.parsing import parse
from reader.search.values import Document, Facts, Kind

ARTICLES = 1_000
SEED = 7
WORDS = 60_000
STOP = (
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "is",
    "that",
    "it",
    "was",
    "for",
    "on",
    "with",
    "he",
    "as",
    "be",
    "at",
)
SYLLABLES = (
    *("ba", "co", "di", "fe", "gu", "hal", "in", "jo", "ka", "le", "mi", "no", "or", "pe", "qui"),
    *("ro", "sa", "te", "un", "ver", "wi", "xen", "ya", "zo", "st", "ing", "er"),
)
SAVES = 500
QUERIES = 60
LIMIT, WIDTH = 20, 160  # hits and code points of a snippet, as on a screen
TODAY = date(2026, 11, 22).toordinal()
MS, MIB = 1_000, 1 << 20
OPENING = "open"


class Texts:
    """A source of words, sentences and dates that are the same in each run."""

    def __init__(self) -> None:
        self.chance = random.Random(SEED)  # noqa: S311 - no secret
        made = {"".join(self.chance.choices(SYLLABLES, k=self.chance.randint(2, 4))) for _ in range(WORDS)}
        self.words = [*STOP, *self.chance.sample(sorted(made), k=len(made))]
        self._weights = list(accumulate(1 / (rank + 2) for rank in range(len(self.words))))

    def sentence(self, words: int) -> str:
        """Return so many words."""
        return (
            " ".join(self.chance.choices(self.words, cum_weights=self._weights, k=words)).capitalize() + "."
        )

    def word(self) -> str:
        """Return a word as people search for: neither a stop word nor unheard of."""
        return self.words[self.chance.randint(60, 3_000)]


def documents(texts: Texts, number: int) -> Iterator[Document]:
    """Yield articles, and a note for every second one."""
    chance = texts.chance
    for at in range(number):
        body = "\n\n".join(texts.sentence(90) for _ in range(10))
        day = date.fromordinal(TODAY - chance.randint(0, 4_000)).isoformat()
        source, tag = chance.choice(("TASS", "dpa", "Reuters")), chance.choice(("war", "sea/fog"))
        one = Document(f"a{at}", "1", Kind.ARTICLE, f"a{at}", f"a{at}", title=texts.sentence(6), text=body)
        yield one._replace(date=day, lang="en", source=source, tags=(tag,))
        if at % 2:
            yield note(texts, f"n{at}", one, texts.sentence(20))


def note(texts: Texts, key: str, article: Document, body: str) -> Document:
    """Return a note on an article."""
    one = Document(key, body[:40], Kind.NOTE, key, article.id, article.title)
    return one._replace(quote=texts.sentence(12), note=body, tags=("idea",), color="blue", noted=TODAY)


def build(folder: Path, library: dict[str, Document], processes: int = 0) -> None:
    """Build the index of the program."""
    index, stamps = Index(folder), {key: one.stamp for key, one in library.items()}
    index.sync(stamps, lambda keys: (library[key] for key in keys), processes=processes)
    index.close()


def build_stock(folder: Path, library: Iterable[Document]) -> None:
    """Build an index as Whoosh's manual does."""
    text, title, words = (fields.TEXT(analyzer=StemmingAnalyzer(), stored=True) for _ in range(3))
    folder.mkdir()
    writer = create_in(
        folder, fields.Schema(key=fields.ID(unique=True, stored=True), text=text, title=title, note=words)
    ).writer()
    for one in library:
        writer.add_document(key=one.key, text=one.text, title=one.title, note=f"{one.quote} {one.note}")
    writer.commit()


def queries(texts: Texts) -> dict[str, tuple[Callable[[], str], str]]:
    """Return what makes queries and how many milliseconds they may take, by their kind."""

    def phrase() -> str:
        pair = texts.chance.sample(texts.words[:200], k=2)
        return f'"{pair[0]} {pair[1]}"'

    usual, loose = "15 / 50", "- / 80"
    return {
        "word": (texts.word, usual),
        "AND": (lambda: f"{texts.word()} {texts.word()}", usual),
        "OR": (lambda: f"{texts.word()} OR {texts.word()} OR {texts.word()}", usual),
        "field": (lambda: f"{texts.word()} tag:war source:tass", usual),
        "phrase": (phrase, loose),
        "near": (lambda: f'"{texts.word()} {texts.word()}"~5', loose),
        "prefix": (lambda: f"{texts.word()[: texts.chance.randint(3, 5)]}*", loose),
        "typo": (lambda: f"{texts.word()}~", loose),
        "typo 2": (lambda: f"{texts.word()}~2", loose),
        "date": (lambda: f"{texts.word()} date:{texts.chance.randint(2016, 2026)}", loose),
        "newest": (lambda: f"{texts.word()} sort:date", usual),
    }


class Time(NamedTuple):
    """How long something took, in milliseconds."""

    wall: float
    processor: float
    """Of this process alone: on a machine that does other things too, the truer number."""


def timed(do: Callable[[], object]) -> Time:
    """Return how long something takes."""
    start, began = time.perf_counter(), time.process_time()
    do()
    return Time((time.perf_counter() - start) * MS, (time.process_time() - began) * MS)


def spread(times: Sequence[Time]) -> str:
    """Write median and 99th percentile, by the clock and of the processor."""

    def of(milliseconds: Iterable[float]) -> str:
        ordered = sorted(milliseconds)
        return f"{statistics.median(ordered):7.1f} / {ordered[int(len(ordered) * 0.99)]:6.1f} ms"

    wall, processor = zip(*times, strict=True)
    return f"{of(wall)}   processor {of(processor)}"


def memory() -> float:
    """Return the most memory that this program used so far, in MiB; 0 where the system does not tell."""
    try:
        told = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return int(told.partition("VmHWM:")[2].split()[0]) / 1024


def processor(who: int) -> float:
    """Return the seconds of the processor that were used so far by this process, or by its children."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def ask(index: Index, text: str) -> int:
    """Ask the index; return how many documents it finds."""
    return index.find(parse(text, TODAY), Facts(TODAY), LIMIT, WIDTH).total


def save_and_find(index: Index, texts: Texts, library: dict[str, Document], number: int) -> None:
    """Write one note and find it."""
    one = note(texts, f"s{number}", library["a1"], f"marker{number} {texts.sentence(12)}")
    index.save({one.key: one.stamp}, (), lambda _: iter((one,)))
    if ask(index, f"marker{number}") != 1:
        raise AssertionError(f"the note {number} is not found")


def say(what: str, ours: str, target: str) -> None:
    """Print a row of the table."""
    print(f"{what:12} {ours:62} [{target}]", flush=True)


def say_builds(folder: Path, library: dict[str, Document], articles: int) -> None:
    """Build with Whoosh's own means, with one process and with two, and compare.

    Of two processes the slower counts: where each has a processor to itself, that is how long both take.
    """
    stock = timed(lambda: build_stock(folder / "stock", library.values()))
    say("stock", f"{articles / stock.wall * MS:.0f} articles/s", "-")
    for processes, name, target in ((1, "build, one", "1.2"), (2, "build, two", "2")):
        before = processor(resource.RUSAGE_CHILDREN)
        own = timed(partial(build, folder / name, library, processes))
        other = (processor(resource.RUSAGE_CHILDREN) - before) * MS
        ratios = f"{stock.wall / own.wall:.2f} (processor {stock.processor / max(own.processor, other):.2f})"
        say(name, f"{articles / own.wall * MS:.0f} articles/s, {ratios} times Whoosh's own", target)


def say_queries(index: Index, texts: Texts) -> None:
    """Ask many questions of each kind."""
    for kind, (make, target) in queries(texts).items():
        say(kind, spread([timed(partial(ask, index, make())) for _ in range(QUERIES)]), target)
    hostile = ("(" * 10_000, "fog~2 " * 1_700, "f* " * 3_300, '"fog ' * 2_000, "-(a OR " * 1_400)
    say("10 KB", spread([timed(partial(ask, index, query)) for query in hostile]), "200")


def say_saves(index: Index, texts: Texts, library: dict[str, Document]) -> None:
    """Save one note after the other, and find each."""
    times = [timed(partial(save_and_find, index, texts, library, at)) for at in range(SAVES)]
    tenth = SAVES // 10
    first, last = ([one.processor for one in some] for some in (times[:tenth], times[-tenth:]))
    say("save, find", spread(times), "10 / 100")
    growth = f"last tenth {statistics.median(last) / statistics.median(first):.2f} times the first"
    say("500 saves", f"{growth}, {index.status().segments} segments", "1.5, 12")


def say_opening(folder: Path, word: str) -> None:
    """Open an index and ask it once; in a process that did nothing before."""
    before, index = memory(), Index(folder)
    time = timed(lambda: ask(index, word))
    index.close()
    say("open, find", f"{spread([time])}, {memory() - before:.0f} MiB more", "50, 40 MiB")


def main(number: int, folder: Path) -> None:
    """Measure, and print a row each: what, median / 99th percentile, and the target."""
    texts = Texts()
    library = {one.key: one for one in documents(texts, number)}
    size = sum(len(one.text) for one in library.values())
    print(f"{number} articles, {size / MIB:.1f} MiB; load {os.getloadavg()[0]:.1f}", flush=True)
    say_builds(folder, library, number)
    built = folder / "build, two"
    disk = sum(path.stat().st_size for path in built.rglob("*") if path.is_file())
    say("size", f"{disk / size:.2f} times the text", "2.5")
    opening = [sys.executable, "-m", "benchmarks.searching", OPENING, str(built), texts.word()]
    subprocess.run(opening, check=True)
    index = Index(built)
    say_queries(index, texts)
    say_saves(index, texts, library)
    index.close()
    print(f"load {os.getloadavg()[0]:.1f}; from a key to its results: python -m benchmarks.typing")


if __name__ == "__main__":
    if sys.argv[1:2] == [OPENING]:
        say_opening(Path(sys.argv[2]), sys.argv[3])
    else:
        amount = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
        with tempfile.TemporaryDirectory() as temporary:
            main(amount, Path(sys.argv[2]) if len(sys.argv) > 2 else Path(temporary))
