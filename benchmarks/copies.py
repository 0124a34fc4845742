"""How fast near copies are found, and how surely: `python -m benchmarks.copies [ARTICLES]`.

Articles of 5 KB are made of words with the frequencies of a language; each tenth is another one with
each sixth, tenth or thirtieth word changed. Times are of the processor. That stories as people rewrite
them are told from other reports of the same event is the matter of `tests/samples/copies`.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from benchmarks.searching import MS, Texts, memory
from reader.catalogue import Catalogue, Entry, Row
from reader.copies import Copies
from reader.likeness import sketch
from reader.model import Summary
from reader.stamps import Stamp

ARTICLES = 10_000
WORDS = 820  # of an article: 5 KB
EVERY = 10  # so many articles, one is a copy
STEPS = (6, 10, 30)  # each so manieth word of a copy is another one

T = TypeVar("T")


def copy_of(texts: Texts, text: str) -> str:
    """Return a text with each so manieth word changed."""
    step = texts.chance.choice(STEPS)
    words = (texts.word() if at % step == step // 2 else word for at, word in enumerate(text.split()))
    return " ".join(words)


def articles(texts: Texts, number: int) -> dict[str, str]:
    """Return texts by their names; those that begin with "copy" are copies of the one that is named."""
    made: dict[str, str] = {}
    for at in range(number):
        if at % EVERY == EVERY - 1:
            made[f"copy-{at - 1}"] = copy_of(texts, made[f"own-{at - 1}"])
        else:
            made[f"own-{at}"] = texts.sentence(WORDS)
    return made


def timed(do: Callable[[], T]) -> tuple[T, float]:
    """Do something, and say how many milliseconds of the processor it took."""
    begun = time.process_time()
    return do(), (time.process_time() - begun) * MS


def put(catalogue: Catalogue, name: str, text: str) -> None:
    """Put an article into a catalogue as a sync does."""
    entry = Entry(Summary(name, name, name, (1, 1), WORDS, 0), None, sketch=sketch(text))
    catalogue.put(Row(name, Path(name), Stamp(1, 1, 1), (entry,)), "1")


def main(number: int) -> None:
    """Measure, and print each number beside its target."""
    texts = Texts()
    library = articles(texts, number)
    _, sketched = timed(lambda: [sketch(text) for text in library.values()])
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Catalogue(Path(folder), "copies")
        copies = Copies(catalogue.database)
        for name, text in library.items():
            put(catalogue, name, text)
        _, all_at_once = timed(copies.compare)
        families, gathered = timed(copies.families)
        put(catalogue, "copy-0", copy_of(texts, library["own-0"]))
        _, one_more = timed(copies.compare)
        found = "copy-0" in copies.families().members
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
        catalogue.close()
    pairs = {(one, other) for one in library if one in families.members for other in families.others(one)}
    true = {pair for pair in pairs if len({name.partition("-")[2] for name in pair}) == 1}
    made = number // EVERY
    print(f"sketch         {sketched / number:8.2f} ms an article (target 2)")
    print(f"compare all    {all_at_once:8.0f} ms for {number:,} articles (target 1,000)")
    print(f"one more       {one_more:8.0f} ms{'' if found else ', NOT FOUND'}")
    print(f"gather         {gathered:8.1f} ms at each start")
    print(f"found          {len(true) // 2:8,} of {made:,} copies, {(len(pairs) - len(true)) // 2} wrong")
    print(f"catalogue      {size / number / 1_000:8.2f} KB an article, memory {memory():.0f} MiB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES)
