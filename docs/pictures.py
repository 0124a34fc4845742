"""Make the pictures of the documents: `python -m docs.pictures`.

Each is the screen itself, on the articles of `seeds/`, with nothing remembered of a reader
but what is set here. Needs `rsvg-convert` (librsvg) and a monospaced font.
"""

import asyncio
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from reader.config import Config, Places
from reader.model import Progress, Status
from reader.passages import Color
from reader.tui.app import ReaderApp
from reader.tui.reading.focusing import FLASH_SECONDS
from reader.workspace import Workspace

HERE = Path(__file__).parent
FONT = "DejaVu Sans Mono"
FONT_SIZE = "20.26px"  # a cell of the drawing is 12.2 wide, and a letter of this font .602 of its size
ZOOM = "1.25"  # pixels of the picture for one of the drawing


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture shows."""

    name: str
    size: tuple[int, int]
    """Columns and rows."""
    keys: tuple[str, ...]
    article: str = ""
    """Words of the title of the article that is opened."""
    theme: str = "paper-dark"
    beside: tuple[Path, ...] = ()
    """Files that stand in the library beside the seeds."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the reader of the pictures has marked in the article that they open."""

    words: str
    color: Color
    tags: tuple[str, ...] = ()
    body: str = ""


ARTICLE = "Picks a Rare Fight"
MARKS = (
    Mark("two authoritarian leaders accustomed to getting their way", Color.YELLOW, ("leaders",)),
    Mark(
        "the plane had been shot down by Russian air defenses",
        Color.PINK,
        ("crash", "war/air-defence"),
        "Known within hours, said on the 29th. What was Moscow’s wording?",
    ),
    Mark("Attempts to deny obvious facts", Color.GREEN, ("quotable",)),
    Mark(
        "emboldened by Russia’s weakened influence in lands it once dominated",
        Color.BLUE,
        ("leaders", "leverage"),
        "Compare the truce of 2020: who guaranteed what?",
    ),
)
QUAY = tuple(HERE / "pages" / f"{name}.html" for name in ("boots", "eel", "fog", "lamp"))
PAGE = HERE.parent / "tests" / "samples" / "pages" / "tides.html"
PICTURES = (
    Picture("library", (110, 22), ("j", "j", "j", "j")),
    Picture("marginalia", (124, 34), ("right_square_bracket", "right_square_bracket"), ARTICLE),
    Picture("hidden", (100, 32), ("x", "G", *["k"] * 12), ARTICLE, "paper-light"),
    Picture("page", (100, 46), ("x", "G"), "tide table", beside=(PAGE,)),
    Picture("links", (100, 46), ("x", "f", "3"), "lamp on Gull Point", beside=QUAY),
    Picture("teaching", (100, 32), ("G", "R", "down"), "Boots in the mussel", "paper-light", QUAY),
    Picture("notes", (110, 26), ("A", "j")),
    Picture("search", (80, 24), ("s", *"leader", "enter", "j")),
    Picture("search-wide", (140, 45), ("s", *"peace", "enter", "j")),
    Picture("tags", (110, 20), ("number_sign",)),
)


async def draw(picture: Picture, folder: Path) -> Path:
    """Draw one picture as SVG, in a workspace of its own."""
    workspace = _workspace(folder, picture)
    article = workspace.find(picture.article).id if picture.article else None
    app = ReaderApp(workspace, article)
    app.theme = picture.theme  # also where no terminal tells its colours
    async with app.run_test(size=picture.size) as pilot:
        await app.workers.wait_for_complete()
        for key in picture.keys:
            await pilot.press(key)
            await pilot.pause(0.1)
        await pilot.pause(2 * FLASH_SECONDS)
        drawing = app.export_screenshot(title="reader")
    workspace.close()
    path = folder / f"{picture.name}.svg"
    drawing = drawing.replace("Fira Code", FONT).replace("<text ", '<text xml:space="preserve" ')
    drawing = drawing.replace("font-size: 20px", f"font-size: {FONT_SIZE}")
    path.write_text(drawing, encoding="utf-8")
    return path


def _workspace(folder: Path, picture: Picture) -> Workspace:
    """Open a copy of the seeds, with an article read and one begun."""
    root = folder / "room"
    shutil.copytree(HERE.parent / "seeds", root / "seeds")
    for file in picture.beside:
        shutil.copy(file, root / "seeds")
    (root / "annotations").mkdir()
    places = Places(folder / "config", folder / "cache", folder / "state", folder / "library")
    workspace = Workspace(root, places, Config(theme=picture.theme))
    workspace.sync()
    for words, status, fraction in (
        ("rose to power", Status.READING, 0.42),
        ("What Putin spoke about", Status.DONE, 1.0),
        ("Putin and Xi", Status.DONE, 1.0),
    ):
        workspace.memory.remember(
            workspace.find(words).id, Progress(0, fraction, status, "2026-01-01T00:00:00Z")
        )
    rare_fight = workspace.find(ARTICLE).id
    workspace.notebook.star(rare_fight, starred=True)
    article = workspace.desk.open(rare_fight).article
    for mark in MARKS:
        start = article.text.index(mark.words)
        passage = (start, start + len(mark.words))
        workspace.notebook.annotate(article, passage, color=mark.color, tags=mark.tags, body=mark.body)
    return workspace


def main() -> None:
    """Draw all pictures and turn them into PNG."""
    for picture in PICTURES:
        with tempfile.TemporaryDirectory() as folder:
            drawing = asyncio.run(draw(picture, Path(folder)))
            target = HERE / f"{picture.name}.png"
            command = ["rsvg-convert", "--zoom", ZOOM, "--output", str(target), str(drawing)]
            subprocess.run(command, check=True)  # noqa: S603 - our own arguments


if __name__ == "__main__":
    main()
