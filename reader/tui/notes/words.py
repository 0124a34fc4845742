"""What the notes view says around its cards: how many there are, what is wrong with one, why it is empty."""

from collections.abc import Sequence

from textual.content import Content

from reader.amounts import amount
from reader.inert import inert
from reader.notebook import Amounts
from reader.passages import AnchorState, Placed


def counts(amounts: Amounts, placed: Sequence[Placed]) -> tuple[Content, ...]:
    """Say how many highlights and notes there are, and how many of them have lost their place.

    Args:
        amounts: How much there is; the library counts the same.
        placed: All that is shown here.
    """
    highlights, notes, of_articles = amounts
    if not placed:
        return ()
    known = (highlights, "highlight"), (notes + of_articles, "note")
    there_are = " · ".join(amount(number, noun) for number, noun in known if number)
    orphans = sum(one.state is AnchorState.ORPHAN for one in placed)
    lost = (Content.styled(f"! {amount(orphans, 'orphan')}", "$warning"),) if orphans else ()
    return (*lost, Content(there_are))


def both(placed: Placed) -> str:
    """Return quote and note, for the clipboard."""
    return "\n\n".join(filter(None, (placed.annotation.target.exact, placed.annotation.body)))


def picks(picked: int, shown: int) -> Content:
    """Say how many are picked, and how many of them the filter keeps from being seen."""
    if not picked:
        return Content()
    return Content(f"{picked:,} picked" + (f", {picked - shown:,} not shown" if picked > shown else ""))


def nothing_found(query: str, there_are: int) -> Content:
    """Say that the filter found nothing, what it understands, and how to see all again."""
    return Content.assemble(
        (f"Nothing here has “{inert(query)}”.", "$ink"),
        "\n\nA filter holds words of quote, note, tags and title, and\n",
        ("  tag:war  color:blue  has:note  has:tag  state:orphan", "$ink"),
        f"\n\nEsc shows all {there_are:,} again.",
    )


def nothing_here(highlight: str, note: str, back: str) -> Content:
    """Say how to make a highlight and a note, by their keys in the reading view, and how to go there."""
    return Content.assemble(
        ("Nothing is highlighted yet.\n\n", "bold $ink"),
        "In an article, ",
        (highlight, "bold $ink"),
        " highlights the words that are selected, or the paragraph, and ",
        (note, "bold $ink"),
        " writes a note on them. Those of all articles are gathered here.\n",
        (back, "bold $ink"),
        " goes back.",
    )
