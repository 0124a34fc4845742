"""How fast all highlights and notes are shown, filtered and walked through: `python -m benchmarks.notes`.

A workspace is made in a temporary folder, which takes two minutes: 1,000 articles and
10,000 annotations, written as the program would have. It is kept for the next run if a
folder is given: `python -m benchmarks.notes FOLDER`. The first opening is the slowest: it
finds the place of each annotation.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from textual.pilot import Pilot

from reader.config import Config, Places
from reader.passages import Color
from reader.tui.app import ReaderApp
from reader.tui.notes.screen import NotesScreen
from reader.workspace import Workspace

ARTICLES = 1_000
ANNOTATIONS = 10  # for each article
KEYS = 40
REST = 0.5  # seconds between two openings
OPENINGS = 7
SEED = 7
SIZE = (120, 40)  # columns and rows
CONTEXT = 32  # code points each side of a quote
TEXT = (
    "the captain’s ferry left harbour at six in morning an hour late with forty passengers “and” oranges "
    "that nobody ordered – fog was thicker than any she remembered lighthouse dark people waited on quay "
    "until noon then went home to their kitchens Zoë wrote café bill ten kronor no change given island"
)
TAGS = ("weather", "sea/ferries", "sea/harbours", "people", "money", "to-check", "island", "quotable")


def make(folder: Path) -> None:
    """Write articles, and what was made of them, into a workspace."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    seeds = folder / "room" / "seeds"
    seeds.mkdir(parents=True)
    for number in range(ARTICLES):
        paragraphs = (_sentence(chance, chance.randint(20, 70)) for _ in range(12))
        title = f"# {_sentence(chance, 6).rstrip('.')} {number}"
        (seeds / f"{number:04}.md").write_text("\n\n".join((title, *paragraphs)), encoding="utf-8")
    workspace = opened(folder)
    (folder / "room" / "annotations").mkdir()
    for summary in workspace.summaries():
        text = workspace.desk.open(summary.id).article.text
        head = f'version = 1\n\n[article]\nid = "{summary.id}"\ntitle = "{summary.title}"\n'
        entries = "\n".join(_entries(chance, text))
        slug, _, digest = summary.id.rpartition("-")
        path = folder / "room" / "annotations" / f"{slug}--{digest}.toml"
        path.write_text(f'{head}path = "{summary.path}"\n\n{entries}', encoding="utf-8")
    workspace.close()


def opened(folder: Path) -> Workspace:
    """Open the workspace of a folder, synced."""
    places = Places(folder / "config", folder / "cache", folder / "state", folder / "library")
    workspace = Workspace(folder / "room", places, Config())
    workspace.sync()
    return workspace


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(TEXT.split(), k=words)).capitalize() + "."


def _entries(chance: random.Random, text: str) -> Iterator[str]:
    """Yield the entries of an article: each a passage of a paragraph, every third with a note."""
    starts = sorted(chance.randrange(80, len(text) - 400) for _ in range(ANNOTATIONS))
    for number, start in enumerate(starts):
        end = text.index(" ", start + chance.randint(20, 300))
        day = f"2025-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}T{number:02}:00:00Z"
        tags = ", ".join(f'"{tag}"' for tag in sorted(chance.sample(TAGS, k=chance.randint(0, 3))))
        body = _sentence(chance, chance.randint(8, 60)) if number % 3 == 0 else ""
        identity = "".join(chance.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=24))
        yield (
            f'[[annotation]]\nid = "01{identity}"\ncreated = {day}\nupdated = {day}\n'
            f'color = "{chance.choice(tuple(Color))}"\ntags = [{tags}]\nbody = "{body}"\n\n'
            f"[annotation.target]\nexact = {_quoted(text[start:end])}\n"
            f"prefix = {_quoted(text[start - CONTEXT : start])}\n"
            f"suffix = {_quoted(text[end : end + CONTEXT])}\nstart = {start}\nend = {end}\n"
        )


def _quoted(text: str) -> str:
    return '"' + text.replace("\n", "\\n") + '"'


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000


async def time_openings(pilot: Pilot[None]) -> list[float]:
    """Open the notes and leave them, again and again. Returns milliseconds until they are painted."""
    times = []
    for _ in range(OPENINGS):
        begun = time.perf_counter()
        await pilot.app.push_screen(NotesScreen(pilot.app.screen.workspace))  # type: ignore[attr-defined]  # a room
        await pilot.pause(0)  # until all that was asked for is done and painted
        times.append(_since(begun))
        await pilot.press("q")
        await pilot.pause(REST)
    return times


async def time_keys(pilot: Pilot[None], *keys: str) -> list[float]:
    """Press keys. Returns milliseconds until each is answered and painted."""
    times = []
    for key in keys:
        begun = time.perf_counter()
        pilot.app.simulate_key(key)
        await pilot.pause(0)  # until all that was asked for is done and painted
        times.append(_since(begun))
    return times


def show(what: str, times: list[float]) -> None:
    """Print least, median and greatest of some times."""
    ordered = sorted(times)
    print(f"{what:<24}{ordered[0]:>8.1f}{ordered[len(ordered) // 2]:>8.1f}{ordered[-1]:>8.1f}")


async def measure(workspace: Workspace) -> None:
    """Print the table."""
    print(f"{'milliseconds':<24}{'least':>8}{'median':>8}{'most':>8}")
    async with ReaderApp(workspace).run_test(size=SIZE) as pilot:
        await pilot.app.workers.wait_for_complete()
        show("open", await time_openings(pilot))
        await pilot.app.push_screen(NotesScreen(workspace))
        await pilot.pause(REST)
        show("down", await time_keys(pilot, *["j"] * KEYS))
        show("page down", await time_keys(pilot, *["space"] * KEYS))
        show("end and beginning", await time_keys(pilot, *["G", "g"] * (KEYS // 4)))
        await time_keys(pilot, "slash")
        await pilot.pause(0.2)
        show("filter: harbour oranges", await time_keys(pilot, *"harbour", "space", *"oranges"))
        await time_keys(pilot, "escape", "slash")
        await pilot.pause(0.2)
        show("filter: tag, colour", await time_keys(pilot, *"tag:sea", "space", *"color:blue"))
    show("the notebook alone", [_time_notebook(workspace) for _ in range(OPENINGS)])


def _time_notebook(workspace: Workspace) -> float:
    begun = time.perf_counter()
    workspace.notebook.all()
    return _since(begun)


def main() -> None:
    """Make the workspace, if there is none, and print the table."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1] if len(sys.argv) > 1 else temporary)
        if not (folder / "room").exists():
            make(folder)
        workspace = opened(folder)
        asyncio.run(measure(workspace))
        workspace.close()


if __name__ == "__main__":
    main()
