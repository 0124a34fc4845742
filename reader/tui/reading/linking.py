"""The links of an article: a list to open or copy one from, and their numbers in the margin of the page."""

from reader.layout import Link, host_of, links_of, target_of
from reader.tui.prompts.picker import Choice, Picked, Picker
from reader.tui.reading.article_view import ArticleView
from reader.tui.room import Room
from reader.workspace import Reading

HINT = "Enter opens in the browser · y copies · a number chooses · Esc closes"


async def show_links(room: Room, view: ArticleView, reading: Reading) -> None:
    """List the links of what is kept; meanwhile each has its number beside the line it begins on."""
    links = links_of(reading.article, reading.ledger)
    if not links:
        room.toast("there is no link in this article")
        return
    numbers = len(str(len(links)))
    choices = tuple(_choice(link, f"{number:>{numbers}}") for number, link in enumerate(links, 1))

    def take(picked: Picked | None) -> None:
        view.number_lines(())
        if picked is not None:
            _take(room, links[picked.number].address, picked.key)

    view.number_lines(tuple(link.start for link in links))
    await room.app.push_screen(Picker(choices, hint=HINT, keys=("y",)), take)


def _choice(link: Link, number: str) -> Choice:
    """Show a link by its words, which are what a reader looks for; one without words by its address."""
    words = " ".join(link.words.split())
    if words:
        return Choice(f"{number} {words}", target_of(link.address))
    return Choice(f"{number} {link.address}", host_of(link.address))


def _take(room: Room, address: str, key: str) -> None:
    if key == "y":
        room.app.copy_to_clipboard(address)
        room.toast(f"copied {address}")
    else:
        room.app.open_url(address)
        room.toast(f"opened {host_of(address)}")
