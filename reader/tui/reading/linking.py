"""The links of an article: a list to open or copy one from, and their numbers in the margin of the page."""

from reader.layout import Link, host_of, links_of
from reader.layout.cells import shortened
from reader.tui.prompts.picker import Choice, Picked, Picker
from reader.tui.reading.article_view import ArticleView
from reader.tui.room import Room
from reader.workspace import Reading

HINT = "Enter opens in the browser · y copies · a number chooses · Esc closes"
MAX_WORDS = 40  # cells; behind them the address begins


async def show_links(room: Room, view: ArticleView, reading: Reading) -> None:
    """List the links of what is kept; meanwhile each has its number beside the line it begins on."""
    links = links_of(reading.article, reading.ledger)
    if not links:
        room.toast("there is no link in this article")
        return
    width = len(str(len(links)))
    choices = tuple(
        Choice(f"{number:>{width}} {_said(link)}", host_of(link.address))
        for number, link in enumerate(links, 1)
    )

    def take(picked: Picked | None) -> None:
        view.number_lines(())
        if picked is not None:
            _take(room, links[picked.number].address, picked.key)

    view.number_lines(tuple(link.start for link in links))
    await room.app.push_screen(Picker(choices, hint=HINT, keys=("y",)), take)


def _said(link: Link) -> str:
    """Write a link: its words first, which are what a reader looks for."""
    return " · ".join(filter(None, (shortened(" ".join(link.words.split()), MAX_WORDS), link.address)))


def _take(room: Room, address: str, key: str) -> None:
    if key == "y":
        room.app.copy_to_clipboard(address)
        room.toast(f"copied {address}")
    else:
        room.app.open_url(address)
        room.toast(f"opened {host_of(address)}")
