"""Screens for the tests: the program on a headless terminal, and what stands on it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from reader.tui.app import ReaderApp
from reader.workspace import Workspace

STEP = 0.05  # seconds between two looks


@asynccontextmanager
async def opened(
    workspace: Workspace, size: tuple[int, int] = (80, 24), article: str | None = None
) -> AsyncIterator[Pilot[None]]:
    """Run the program and wait until its first sync is over."""
    async with ReaderApp(workspace, article).run_test(size=size) as pilot:
        await settled(pilot)
        yield pilot


async def settled(pilot: Pilot[None]) -> None:
    """Wait until nothing goes on behind the screen."""
    await pilot.pause()
    for worker in list(pilot.app.workers):
        with suppress(WorkerCancelled):  # what the next key made stale
            await worker.wait()
    await pilot.pause()


async def until(pilot: Pilot[None], is_so: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait until something is so that begins after a while, on a machine however slow."""
    for _ in range(int(seconds / STEP)):
        if is_so():
            return
        await pilot.pause(STEP)
    raise TimeoutError(f"still not so after {seconds} s")


def lines(pilot: Pilot[None]) -> list[str]:
    """Read the screen, line by line."""
    app = pilot.app
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    return [strip.crop(0, width).text.rstrip() for strip in strips[:height]]


def seen(pilot: Pilot[None]) -> str:
    """Read the screen as one text."""
    return "\n".join(lines(pilot))
