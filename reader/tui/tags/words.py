"""What the tag browser says around its list, and before a tag is changed."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textual.content import Content

from reader.amounts import amount
from reader.inert import inert
from reader.notebook import Retagging, Tagged, is_within, merged
from reader.tui.chrome import NARROW, room_title, way_back
from reader.tui.signs import ARTICLE, HIGHLIGHT
from reader.tui.words import KeyOf


class Doomed(NamedTuple):
    """What bears a tag that is about to be changed."""

    tag: str
    plans: tuple[Retagging, ...]
    """What can be changed."""
    beyond: int
    """How much cannot: its files are damaged, or copies."""
    in_use: Mapping[str, int]
    """How often each tag is used."""


def where(chosen: Sequence[str], width: int) -> Content:
    """Say where one is, with the ways back; the chosen tags stand as chips."""
    if not chosen:
        return room_title("Tags", width)
    chips = [Content.styled(f"#{inert(tag)}", "bold $ink on $shade") for tag in chosen]
    out = way_back("Reading room › " if width >= NARROW else "", "leave")
    return Content(" ").join([out + way_back("Tags ›", "show_tags"), *chips])


def how_much(tagged: Sequence[Tagged], tags: int, *, wide: bool) -> Content:
    """Say how many tags there are, and, where there is room, on how much; nothing if there are none."""
    if not tags:
        return Content()
    return Content(" · ".join([amount(tags, "tag"), *(_amounts(tagged, signs=True) if wide else ())]))


def in_words(tagged: Sequence[Tagged | Retagging]) -> str:
    """Say how much bears a tag: "14 passages, 2 articles"."""
    return ", ".join(_amounts(tagged))


def what_changes(doomed: Doomed, new: str) -> Content:
    """Say what a new name for a tag would change; "" takes the tag away."""
    old = f"#{inert(doomed.tag)}"
    amounts = in_words(doomed.plans)
    nested = sum(is_within(tag, doomed.tag) for tag in doomed.in_use if tag != doomed.tag)
    with_nested = f", with {amount(nested, 'tag')} nested in it" if nested else ""
    words = f"renames {old} in {amounts}" if new else f"takes {old} away from {amounts}"
    joined = [
        f"#{inert(tag)} exists with {count}" for tag, count in merged(doomed.in_use, doomed.tag, new).items()
    ]
    parts = [f"{words}{with_nested}"]
    if new and joined:
        more = f" and {len(joined) - 1} more" if len(joined) > 1 else ""
        parts.append(f"{joined[0]}{more}: they become one")
    if doomed.beyond:
        parts.append(f"{doomed.beyond} stay as they are, in files that are damaged or copies")
    return Content.styled("; ".join(parts), "$ink")


def nothing_tagged(key_of: KeyOf) -> Content:
    """Say how to make a first tag."""
    return Content.assemble(
        ("No tags yet.\n\n", "bold $ink"),
        ("t", "bold $ink"),
        " tags a passage while you read, or an article in the library.\n",
        (key_of("back"), "bold $ink"),
        " goes back.",
    )


def no_such_tag(words: str) -> Content:
    """Say that the filter found nothing, and how to see all again."""
    return Content.assemble((f"No tag has “{inert(words)}”.", "$ink"), "\n\nEsc shows all again.")


def nothing_beside(tagged: Sequence[Tagged], key_of: KeyOf) -> Content:
    """Say that all tags there are, are chosen."""
    return Content.assemble(
        ("No other tag stands beside these.\n\n", "$ink"),
        f"{key_of('notes')} shows {in_words(tagged)}, {key_of('back')} widens again.",
    )


def _amounts(tagged: Sequence[Tagged | Retagging], *, signs: bool = False) -> list[str]:
    """Say how many passages and articles there are; with the signs that stand for them in the list."""
    passages = sum(one.placed is not None for one in tagged)
    numbers = {"passage": passages, "article": len(tagged) - passages}
    known = {"passage": f"{HIGHLIGHT} ", "article": f"{ARTICLE} "} if signs else {}
    return [f"{known.get(noun, '')}{amount(number, noun)}" for noun, number in numbers.items() if number]
