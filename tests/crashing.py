"""Programs of the tests that are killed, starved or set against each other while they use the index."""

import random
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from reader.search.index import Index
from reader.search.opening import open_in
from reader.search.parsing import parse
from reader.search.values import Document, Facts, Kind, Results, Synced
from reader.search.writing import sole_writer

TODAY = date(2026, 11, 22).toordinal()
ROOT = Path(__file__).parent.parent
FIRST = 8  # documents that a writer holds before it says that it began
SMALL = 2_000  # bytes that a file may have in a process on a full disk
_REBUILDS = 5  # every so many saves the whole index is written anew


def article(key: str, text: str, stamp: str = "1") -> Document:
    """Return an article with a title of its own."""
    return Document(key, stamp, Kind.ARTICLE, key, key, f"About {key}", text, lang="en")


def fill(index: Index, documents: dict[str, Document], *, rebuild: bool = False) -> Synced:
    """Make an index hold some documents, and no others."""
    stamps = {key: one.stamp for key, one in documents.items()}
    return index.sync(stamps, lambda keys: (documents[key] for key in keys), rebuild=rebuild)


def ask(index: Index, query: str) -> Results:
    """Ask an index."""
    return index.find(parse(query, TODAY), Facts(TODAY), 1_000, 100)


def library(number: int) -> dict[str, Document]:
    """Return so many documents; the first of them is another each time."""
    made = [article(f"a{at}", f"fog number{at} " + "harbour " * (at % 7)) for at in range(number)]
    made[0] = article("a0", f"fog edition{number}", f"{number}")
    return {one.key: one for one in made}


def write_for_ever(folder: Path) -> None:
    """Save one document after the other, and the whole index anew now and then; tell of each."""
    index = Index(folder)
    for number in range(FIRST, 10_000):
        fill(index, library(number), rebuild=number % _REBUILDS == 0)
        print(number, flush=True)  # noqa: T201 - told to who waits for it


def write_on_a_full_disk(folder: Path) -> None:
    """Save where no file may grow; print what the index says, and what is found all the same."""
    index = Index(folder)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, SMALL))
    synced = fill(index, library(600))
    print(f"{synced.waiting}\n{ask(index, 'fog').total}", flush=True)  # noqa: T201 - its answer


def hold_the_lock(folder: Path) -> None:
    """Write, and never come to an end."""
    with sole_writer(open_in(next(folder.glob("v*")))[0], 0):
        print("held", flush=True)  # noqa: T201 - told to who waits for it
        time.sleep(600)


def started(program: str, folder: Path, *more: str) -> subprocess.Popen[str]:
    """Start one of the programs of this module in a process of its own."""
    command = [sys.executable, "-m", "tests.crashing", program, str(folder), *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def kill_while_it_writes(folder: Path, chance: random.Random) -> int:
    """Start a writer, kill it at any moment, and return of how many documents it told."""
    writing = started("write_for_ever", folder)
    assert writing.stdout
    for _ in range(chance.randint(1, 4)):
        told = int(writing.stdout.readline())
    time.sleep(chance.uniform(0, 0.15))
    writing.kill()
    rest, _ = writing.communicate()
    return max([told, *(int(line) for line in rest.splitlines() if line.strip())])


def differences(folder: Path, told: int) -> list[str]:
    """Say what is wrong with an index whose writer was killed: at first, and after a sync."""
    index, fresh = Index(folder), Index(folder.with_name(f"{folder.name}-fresh"))
    found = ask(index, "fog").total
    wrong = [f"{told} were told, {found} are found"] if found < told else []
    documents = library(told - 3)
    waiting = fill(index, documents).waiting
    wrong += [f"it waits: {waiting}"] if waiting else []
    fill(fresh, documents)
    for query in ("fog", "harbour", "number1*", "-harbour", "numbr12~", ""):
        keys = [[hit.document.key for hit in ask(one, query).hits] for one in (index, fresh)]
        wrong += [f"{query}: {keys[0]} is not {keys[1]}"] if keys[0] != keys[1] else []
    index.close()
    fresh.close()
    return wrong


PROGRAMS = {one.__name__: one for one in (write_for_ever, write_on_a_full_disk, hold_the_lock)}

if __name__ == "__main__":
    PROGRAMS[sys.argv[1]](Path(sys.argv[2]))
