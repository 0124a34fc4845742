"""Screens for the tests: the program on a headless terminal, and what stands on it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from reader.tui.app import ReaderApp
from reader.workspace import Workspace


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
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def lines(pilot: Pilot[None]) -> list[str]:
    """Read the screen, line by line."""
    app = pilot.app
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    return [strip.crop(0, width).text.rstrip() for strip in strips[:height]]


def seen(pilot: Pilot[None]) -> str:
    """Read the screen as one text."""
    return "\n".join(lines(pilot))
