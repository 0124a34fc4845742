"""Every screen under random keys, pastes, clicks and sizes: it stays, and what was done can be undone.

What is pressed is told by a seed, so a failure comes again; the message of it names the seed.
"""

from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from textual.events import Paste
from textual.pilot import OutOfBounds, Pilot

from reader.actions import ACTIONS
from reader.config import Config
from reader.errors import Conflict
from reader.inert import is_inert
from reader.tui.app import ReaderApp
from reader.tui.chrome import PromptLine
from reader.tui.room import Room
from reader.workspace import Workspace
from tests.builders import LEAD, SECOND, THIRD, places_in, workspace_in

AT_EACH = 1  # random things done on each screen; all takes 5 s
WAYS = (
    *(
        "A",
        "A W",
        "number_sign",
        "number_sign r",
        "s f o g",
        "C",
        "i",
        "plus",
        "slash f o g",
        "t",
        "a",
        "colon",
    ),
    *(
        "question_mark",
        "exclamation_mark",
        "enter R",
        "enter a",
        "enter t",
        "enter ] enter",
        "enter slash f o g",
    ),
    *("enter v w", "enter f", "enter tab", "enter ] d d q D"),
)
LEAVING = {"Q", "ctrl+q", "ctrl+z"}
KEYS = sorted({part for action in ACTIONS for key in action.keys for part in key.split()} - LEAVING)
CHAINS = (
    *("H", "] M", "] d d", "v w w H", "V j H", "] e f o g escape", "t s e a enter", "a f o g escape"),
    *(
        "X",
        "R enter",
        "R down enter",
        "x",
        "backslash",
        "J",
        "C",
        "D enter",
        "A",
        "number_sign",
        "exclamation_mark",
    ),
    *(
        "s f o g enter",
        "slash f o g enter",
        "colon",
        "i tab x enter",
        "E l l enter",
        "equals_sign",
        "plus",
        "W",
    ),
    *(
        "tab",
        "f",
        "w",
        "z",
        "asterisk",
        "r",
        "q",
        "escape",
        "escape",
        "enter",
        "enter",
        "U",
        "ctrl+r",
        "v",
        "o",
    ),
)
PASTES = ("[@click=app.quit]fog[/]", "\x1b]0;fog\x07", "one\ntwo", "e\u0301" * 40, "\u202efog", "(((", "")
SIZES = ((1, 1), (20, 5), (40, 10), (80, 24), (80, 24), (120, 40), (200, 3))
PAGE = (
    f"<html><head><title>A page</title></head><body><article><h1>A page</h1><p>{LEAD} <a href='/x'>more</a>"
    f"</p><h2>Then</h2><p>{SECOND}</p><table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>"
    f"<p>{THIRD}</p></article></body></html>"
)
FERRY = f"A ferry\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}\n"
FILES = {"ferry.txt": FERRY, "again.txt": f"{FERRY}\nNobody knew why.\n", "page.html": PAGE, "empty.txt": ""}


def annotated(folder: Path) -> Workspace:
    """Return a workspace with some notes, and nothing yet to undo."""
    first = workspace_in(folder, FILES)
    for summary in filter(lambda one: one.words, first.summaries()):
        article = first.desk.open(summary.id).article
        first.notebook.annotate(article, (2, 20), tags=("sea/fog",), body="A note.")
        first.notebook.annotate(article, (30, 44))
    first.close()
    for path in (folder / "state").glob("state.db*"):
        path.unlink()
    return Workspace(folder / "room", places_in(folder), Config())


def files_in(room: Path) -> dict[str, bytes]:
    """Return what the user's files hold that are there, and not empty."""
    files = {str(path.relative_to(room)): path.read_bytes() for path in room.rglob("*") if path.is_file()}
    return {name: content for name, content in files.items() if content and "trash" not in name}


def undo_all(workspace: Workspace) -> None:
    """Undo what was done, but for what cannot be: of an article marked as unread and read since, the mark."""
    while True:
        with suppress(Conflict):
            if not workspace.notebook.undo():
                return


async def press_on(pilot: Pilot[None], chance: Random) -> str:
    """Do one thing, or some in a row; returns what."""
    width, height = pilot.app.size
    match chance.choice(("chain", "chain", "chain", "key", "key", "click", "paste", "size")):
        case "chain":
            keys = chance.choice(CHAINS)
        case "key":
            keys = chance.choice(KEYS)
        case "click":
            at, times = (chance.randrange(width), chance.randrange(height)), chance.choice((1, 1, 2))
            try:
                await pilot.click(offset=at, times=times)
            except OutOfBounds:  # a screen of one cell
                return "nothing"
            return f"click {at} {times}"
        case "paste":
            text = chance.choice(PASTES)
            pilot.app.post_message(Paste(text))
            await pilot.pause()
            return f"paste {text!r}"
        case _:
            size = chance.choice(SIZES)
            await pilot.resize_terminal(*size)
            return f"size {size}"
    await pilot.press(*keys.split())
    return keys


def faults(app: ReaderApp) -> list[str]:
    """Say what is wrong with what stands on the screen."""
    screen = app.screen
    found = [f"{app._exception!r}"] if app._exception else []
    if not isinstance(app.screen_stack[0], Room):
        found.append(f"no room below: {app.screen_stack}")
    if screen.focused is not None and not screen.focused.focusable:
        found.append(f"{screen.focused} has the keyboard and takes no keys")
    if screen.query(PromptLine) and screen.focused is None and screen.has_class("-typing"):
        found.append("a line to type into has not the keyboard")
    texts = (strip.text for strip in screen._compositor.render_strips())
    return found + [f"not inert: {text!r}" for text in texts if not is_inert(text)]


async def go(pilot: Pilot[None], way: str) -> str:
    """Go to a screen from the library; returns how."""
    while len(pilot.app.screen_stack) > 1:
        await pilot.app.pop_screen()
    await pilot.press("escape", *way.split())
    return f"to {way}"


@pytest.mark.parametrize("seed", [1])
async def test_every_screen_stays_whatever_is_pressed_and_all_can_be_undone(
    tmp_path: Path, seed: int
) -> None:
    chance, done = Random(seed), list[str]()  # noqa: S311 - the same keys each time
    workspace = annotated(tmp_path)
    before = files_in(tmp_path / "room")
    steps = [step for way in chance.sample(WAYS, len(WAYS)) for step in (way, *[""] * AT_EACH)]

    while steps:
        app = ReaderApp(workspace)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            while steps and app.is_running and not app._exit:
                way = steps.pop(0)
                done.append(await go(pilot, way) if way else await press_on(pilot, chance))
                assert app._exit or faults(app) == [], f"seed {seed}: {' | '.join(done)}"
    undo_all(workspace)

    assert files_in(tmp_path / "room") == before, f"seed {seed}: {' | '.join(done)}"
