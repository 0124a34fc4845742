"""`reader same` and `reader diff`: near copies, and what is different in two texts."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from reader.cli.group import Session
from reader.cli.output import copy_as_json, say, tell, to_json
from reader.errors import NothingFound
from reader.families import Families
from reader.likeness import in_words

if TYPE_CHECKING:
    from reader.comparing import Comparison
    from reader.differing import Difference, Sentence
    from reader.layout.prose import Span

_ONLY_FIRST, _ONLY_SECOND = "-", "+"  # before a sentence, as any diff has it
_WENT, _CAME = ("[-", "-]"), ("{+", "+}")  # around words, as wdiff has them


@click.command
@click.argument("article", required=False)
@click.argument("other", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def same(session: Session, article: str | None, other: str | None, *, as_json: bool) -> None:
    """List near copies, with what they have in common; of two articles, the sentences that differ.

    Without ARTICLE all that the library has are listed, in families. Hidden blocks do not count.
    With OTHER: - stands before what only ARTICLE has, + before what only OTHER has.
    """
    comparing = session.workspace.comparing
    if article is None:
        _say_families(session, as_json=as_json)
        return
    found = session.workspace.find(article)
    if other is not None:
        _say_comparison(comparing.beside(found.id, session.workspace.find(other).id), as_json=as_json)
        return
    copies = comparing.copies(found.id)
    if as_json:
        rows = ({"title": one.title} | copy_as_json(one.id, common.turned) for one, common in copies)
        say(to_json(rows, "copies"))
    else:
        for one, common in copies:
            say(f"{_numbers(session)[one.id]:3}  {one.title}  ({in_words(common.turned)})")
    if not copies:
        raise NothingFound(f"“{found.title}” has no near copy")


@click.command
@click.argument("article")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def diff(session: Session, article: str, *, as_json: bool) -> None:
    """Show what a newer version of a page changed, sentence by sentence: - before, + after."""
    workspace = session.workspace
    _say_comparison(workspace.comparing.version(workspace.find(article).id), as_json=as_json)


def _say_families(session: Session, *, as_json: bool) -> None:
    families, summaries = session.workspace.comparing.families(), session.workspace.summaries()
    titles, numbers = {one.id: one.title for one in summaries}, _numbers(session)
    if as_json:
        say(to_json(_families_as_json(families, titles), "families"))
        return
    for number, family in enumerate(families.all()):
        if number:
            say("")
        for one in family:
            say(f"{numbers[one]:3}  {titles[one]}  ({in_words(families.likest[one].likeness)})")
    if not families.all():
        tell("no article is a near copy of another")


def _families_as_json(families: Families, titles: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for family in families.all():
        yield {
            "articles": [
                {"title": titles[one]} | copy_as_json(one, families.likest[one].likeness) for one in family
            ]
        }


def _numbers(session: Session) -> dict[str, int]:
    """Return the number of each article in `reader list`."""
    return {one.id: number for number, one in enumerate(session.workspace.summaries(), 1)}


# Two texts


def _say_comparison(comparison: "Comparison", *, as_json: bool) -> None:
    from reader.differing import Common, common_in_words, counted, differences_in  # noqa: PLC0415 - texts are read

    found = differences_in(comparison.parts)
    if as_json:
        say(to_json(map(_difference_as_json, found), "differences"))
    else:
        for number, part in enumerate(comparison.parts if found else ()):
            lines = [f"… {common_in_words(part)} …"] if isinstance(part, Common) else list(_lines(part))
            say("\n".join(["", *lines] if number else lines))
    if not found:
        raise NothingFound("the words are the same" + " as before" * comparison.is_version)
    only = ("gone", "new") if comparison.is_version else ("only in the first", "only in the second")
    tell(f"{counted(comparison.parts, *only)} · {in_words(comparison.common)}")


def _lines(part: "Difference") -> Iterator[str]:
    if part.before:
        yield f"{_ONLY_FIRST} {_marked(part.before, part.changed, *_WENT)}"
    if part.after:
        yield f"{_ONLY_SECOND} {_marked(part.after, part.changed_after, *_CAME)}"


def _marked(sentence: "Sentence", spans: "tuple[Span, ...]", opening: str, closing: str) -> str:
    """Put signs around the words that changed."""
    text = sentence.text
    for start, end in reversed(spans):
        text = f"{text[:start]}{opening}{text[start:end]}{closing}{text[end:]}"
    return text


def _difference_as_json(one: "Difference") -> dict[str, Any]:
    return {
        "before": one.before.text if one.before else "",
        "after": one.after.text if one.after else "",
        "changed_before": one.changed,
        "changed_after": one.changed_after,
    }
