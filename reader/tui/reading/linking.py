"""The links of an article: a list to open, copy or follow one from, and their numbers beside the page."""

from reader.layout import Link, host_of, links_of, target_of
from reader.model import Article
from reader.tui.prompts.picker import Choice, Picked, Picker
from reader.tui.reading.article_room import ArticleRoom

HINT = "Enter opens in the browser, or goes there · y copies · a number chooses · Esc closes"
BEGINNING = 80  # code points of the words that a link within the article leads to


async def show_links(room: ArticleRoom) -> None:
    """List the links of what is kept; meanwhile each has its number beside the line it begins on."""
    reading, view = room.reading, room.view
    links = links_of(reading.article, reading.ledger) if reading is not None else ()
    if reading is None or not links:
        room.toast("there is no link in this article")
        return
    numbers = len(str(len(links)))
    choices = tuple(
        _choice(link, f"{number:>{numbers}}", reading.article) for number, link in enumerate(links, 1)
    )
    here = next((at for at, link in enumerate(links) if link.start >= view.focused_offset), len(links) - 1)

    def take(picked: Picked | None) -> None:
        view.number_lines(())
        if picked is not None:
            _take(room, links[picked.number], picked.key)

    view.number_lines(tuple(link.start for link in links))
    await room.app.push_screen(Picker(choices, here, hint=HINT, keys=("y",)), take)


def _choice(link: Link, number: str, article: Article) -> Choice:
    """Show a link by its words, which are what a reader looks for; one without words by its address."""
    words = " ".join(link.words.split())
    if link.target is not None:
        return Choice(f"{number} {words}", " ".join(article.text_of(link.target)[:BEGINNING].split()))
    if words:
        return Choice(f"{number} {words}", target_of(link.address))
    return Choice(f"{number} {link.address}", host_of(link.address))


def _take(room: ArticleRoom, link: Link, key: str) -> None:
    if link.target is not None and key == "y":
        room.toast("this link leads to a place in the article: there is no address to copy")
    elif link.target is not None:
        room.leave_by_jump()
        room.view.go_to(link.target.start, link.target.end)
        room.toast(f"{room.key_of('jump_back')} goes back")
    elif key == "y":
        room.app.copy_to_clipboard(link.address)
        room.toast(f"copied {link.address}")
    else:
        room.app.open_url(link.address)
        room.toast(f"opened {host_of(link.address)}")
