"""The links of an article: a list to open or copy one from, and their numbers in the margin of the page."""

from reader.layout import host_of, link_places
from reader.tui.prompts.picker import Choice, Picked, Picker
from reader.tui.reading.article_view import ArticleView
from reader.tui.room import Room
from reader.workspace import Reading

HINT = "Enter opens in the browser · y copies · Esc closes"


async def show_links(room: Room, view: ArticleView, reading: Reading) -> None:
    """List the links of what is kept; meanwhile each has its number beside the line it begins on."""
    places = link_places(reading.article, reading.ledger)
    links = tuple(places)
    if not links:
        room.toast("there is no link in this article")
        return
    width = len(str(len(links)))
    choices = tuple(
        Choice(f"{number:>{width}} {link}", host_of(link)) for number, link in enumerate(links, 1)
    )

    def take(picked: Picked | None) -> None:
        view.number_lines(())
        if picked is not None:
            _take(room, links[picked.number], picked.key)

    view.number_lines(tuple(places.values()))
    await room.app.push_screen(Picker(choices, hint=HINT, keys=("y",)), take)


def _take(room: Room, link: str, key: str) -> None:
    if key == "y":
        room.app.copy_to_clipboard(link)
        room.toast(f"copied {link}")
    else:
        room.app.open_url(link)
        room.toast(f"opened {host_of(link)}")
