"""Values for the tests, made by hand: articles, workspaces, places of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from reader.config import Config, Places
from reader.model import BLOCK_GAP, Article, Block, BlockKind, Summary
from reader.workspace import Workspace

LEAD = (
    "The ferry left the harbour at six in the morning, an hour late, with forty passengers "
    "and a cargo of oranges that nobody had ordered."
)
SECOND = (
    "Its captain, who had sailed the route for thirty years, said that the fog had been thicker "
    "than any she remembered, and that the lighthouse had been dark."
)
THIRD = "On the island, people waited on the quay until noon and then went home to their kitchens."


def article_of(*paragraphs: str, title: str = "A ferry", kinds: tuple[BlockKind, ...] = ()) -> Article:
    """An article of so many blocks, each on a line of its own with a blank line between."""
    blocks: list[Block] = []
    at = 0
    for number, paragraph in enumerate(paragraphs):
        kind = kinds[number] if number < len(kinds) else BlockKind.PARAGRAPH
        line = 2 * number + 1
        blocks.append(Block(kind, at, at + len(paragraph), line, line, blanks_before=min(number, 1)))
        at += len(paragraph) + len(BLOCK_GAP)
    return Article(
        "a-ferry-00000000", title, BLOCK_GAP.join(paragraphs), tuple(blocks), path="seeds/ferry.txt"
    )


def places_in(folder: Path) -> Places:
    """Places of the program under one folder, none of them made yet."""
    return Places(
        config=folder / "config", cache=folder / "cache", state=folder / "state", library=folder / "library"
    )


def workspace_in(
    folder: Path, files: dict[str, str] | None = None, config: Config | None = None
) -> Workspace:
    """A workspace with some files in its seeds, synced."""
    seeds = folder / "room" / "seeds"
    seeds.mkdir(parents=True)
    (folder / "room" / "annotations").mkdir()
    for name, text in (files or {}).items():
        (seeds / name).parent.mkdir(parents=True, exist_ok=True)
        (seeds / name).write_text(text, encoding="utf-8")
    workspace = Workspace(folder / "room", places_in(folder), config or Config())
    workspace.sync()
    return workspace


def closed_while_asked(ask: Callable[[], object], close: Callable[[], object]) -> BaseException | None:
    """Close something while a thread asks it again and again; returns what the thread met, if anything."""
    asked, closed = Event(), Event()

    def go_on() -> None:
        while not closed.is_set():
            ask()
            asked.set()
        ask()

    with ThreadPoolExecutor() as pool:
        met = pool.submit(go_on)
        asked.wait()
        close()
        closed.set()
    return met.exception()


def summary(number: int, **values: object) -> Summary:
    """Return what a list says of an article: an ordinary one but for some values."""
    usual = {
        "title": f"Title {number}",
        "path": "seeds/a.txt",
        "lines": (number, number),
        "words": 100,
        "hidden": 0,
    }
    return Summary(id=f"id-{number}", **(usual | values))  # type: ignore[arg-type]  # the builder of a test


def ids(summaries: tuple[Summary, ...]) -> list[str]:
    """Return the ids of some articles."""
    return [one.id for one in summaries]
