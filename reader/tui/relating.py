"""The articles that are most like one, with the words they share: a list to go on from."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.inert import inert
from reader.tui.room import Room

if TYPE_CHECKING:
    from reader.search.values import Related
    from reader.tui.prompts.picker import Picked

LIMIT = 20
_TERMS = 4  # words that are shown of those two articles share


Read = Callable[[str], object]
"""Reads an article, by its id."""


def show_related(room: Room, article_id: str, read: Read | None = None) -> None:
    """List the articles that are most like one.

    Args:
        room: Where the list opens.
        article_id: What they shall be like.
        read: Reads the one that is picked; without it a reading view is opened.
    """
    room.run_worker(_relate(room, article_id, read), exclusive=True, group="related")


async def _relate(room: Room, article_id: str, read: Read | None) -> None:
    from reader.tui.prompts.picker import Choice, Picker  # noqa: PLC0415 - not needed at start

    found: tuple[Related, ...] = ()
    with room.attempt():
        found = await asyncio.to_thread(room.workspace.related, article_id, LIMIT)
    if not room.is_active:
        return  # the reader has gone on meanwhile
    if not found:
        room.toast("no other article is like this one")
        return
    ids = tuple(one.article_id for one in found)
    choices = tuple(Choice(inert(one.title), ", ".join(one.terms[:_TERMS])) for one in found)
    picker = Picker(choices, hint="related articles: type to narrow, Enter reads")

    async def take(picked: "Picked | None") -> None:
        if picked is None:
            return
        if read is not None:
            read(ids[picked.number])
            return
        await room.doors.read(ids[picked.number], ids)

    await room.app.push_screen(picker, take)
