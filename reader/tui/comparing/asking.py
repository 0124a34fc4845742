"""What an article can be compared with: its near copies, and the version before; which, and what differs."""

import asyncio
from typing import TYPE_CHECKING, NamedTuple

from reader.comparing import BEFORE
from reader.inert import inert
from reader.likeness import in_words
from reader.tui.room import Room

if TYPE_CHECKING:
    from reader.comparing import Comparison
    from reader.tui.prompts.picker import Picked


class _Other(NamedTuple):
    """What an article can be compared with."""

    article_id: str
    """"" of the version before."""
    title: str
    note: str = ""


def compare(room: Room, article_id: str) -> None:
    """Show what is different in an article and its near copy, or the version before; of several, ask which.

    Args:
        room: Where the reader is.
        article_id: The article.
    """
    room.run_worker(_choose(room, article_id), exclusive=True, group="compare")


async def _choose(room: Room, article_id: str) -> None:
    from reader.tui.prompts.picker import Choice, Picker  # noqa: PLC0415 - not needed at start

    others: tuple[_Other, ...] = ()
    with room.attempt():
        others = await asyncio.to_thread(_others, room, article_id)
    if not room.is_active:
        return  # the reader has gone on meanwhile
    if not others:
        room.toast("no other article is a near copy, and there is no version before")
    elif len(others) == 1:
        await _show(room, article_id, others[0])
    else:
        picker = Picker(tuple(Choice(one.title, one.note) for one in others), hint="compare with …")

        def take(picked: "Picked | None") -> None:
            if picked is not None:
                room.run_worker(
                    _show(room, article_id, others[picked.number]), exclusive=True, group="compare"
                )

        await room.app.push_screen(picker, take)


def _others(room: Room, article_id: str) -> tuple[_Other, ...]:
    comparing = room.workspace.comparing
    copies = tuple(
        _Other(one.id, inert(one.title), in_words(common.turned))
        for one, common in comparing.copies(article_id)
    )
    return (*copies, *(_Other("", BEFORE) for _ in range(comparing.has_version(article_id))))


async def _show(room: Room, article_id: str, other: _Other) -> None:
    from reader.tui.comparing.screen import CompareScreen  # noqa: PLC0415 - seldom needed

    comparison: Comparison | None = None
    with room.attempt():
        comparison = await asyncio.to_thread(_compared, room, article_id, other)
    if comparison is not None and room.is_active:
        await room.app.push_screen(CompareScreen(room.workspace, comparison))


def _compared(room: Room, article_id: str, other: _Other) -> "Comparison":
    comparing = room.workspace.comparing
    return (
        comparing.beside(article_id, other.article_id) if other.article_id else comparing.version(article_id)
    )
