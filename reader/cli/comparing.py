"""`reader same` and `reader diff`: near copies, and what is different in two texts."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from reader.cli.group import Session
from reader.cli.output import copy_as_json, say, tell, to_json
from reader.errors import NothingFound
from reader.likeness import Likeness, in_words
from reader.model import Summary
from reader.workspace import Workspace

if TYPE_CHECKING:
    from reader.comparing import Comparison
    from reader.differing import Difference, Sentence
    from reader.model import Span

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
    workspace = session.workspace
    if article is None:
        _say_families(_families(workspace), as_json=as_json)
        return
    found = workspace.find(article)
    if other is not None:
        _say_comparison(workspace.comparing.beside(found.id, workspace.find(other).id), as_json=as_json)
        return
    copies = _copies(workspace, found)
    if as_json:
        say(to_json((one.as_json for one in copies), "copies"))
    else:
        for one in copies:
            say(one.line)
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


class _Copy(NamedTuple):
    """An article in the list, and what it has in common with the likest of its near copies."""

    number: int
    summary: Summary
    common: Likeness

    @property
    def line(self) -> str:
        return f"{self.number:3}  {self.summary.title}  ({in_words(self.common)})"

    @property
    def as_json(self) -> dict[str, Any]:
        return {"title": self.summary.title, "path": self.summary.path} | copy_as_json(
            self.summary.id, self.common
        )


def _say_families(families: Sequence[Sequence[_Copy]], *, as_json: bool) -> None:
    if as_json:
        say(to_json(({"articles": [one.as_json for one in family]} for family in families), "families"))
        return
    for number, family in enumerate(families):
        say("\n".join([*[""] * bool(number), *(one.line for one in family)]))
    if not families:
        tell("no article is a near copy of another")


def _families(workspace: Workspace) -> list[list[_Copy]]:
    """Return near copies in their families; a text that stands in two files is one of itself."""
    listed: defaultdict[str, list[tuple[int, Summary]]] = defaultdict(list)
    for number, one in enumerate(workspace.summaries(), 1):
        listed[one.id].append((number, one))
    families = workspace.comparing.families()
    twins = ((one,) for one, rows in listed.items() if len(rows) > 1 and one not in families.members)
    return [
        [
            _Copy(number, summary, workspace.comparing.likeness(one, one))
            if len(listed[one]) > 1
            else _Copy(number, summary, families.likest[one].likeness)
            for one in family
            for number, summary in listed[one]
        ]
        for family in (*families.all(), *twins)
    ]


def _copies(workspace: Workspace, found: Summary) -> list[_Copy]:
    """Return the near copies of an article: its own text in other files, then the likest first."""
    listed = list(enumerate(workspace.summaries(), 1))
    numbers = {one.id: number for number, one in reversed(listed)}
    itself = workspace.comparing.likeness(found.id, found.id)
    twins = [_Copy(number, one, itself) for number, one in listed if one.id == found.id and one != found]
    near = workspace.comparing.copies(found.id)
    return [*twins, *(_Copy(numbers[one.id], one, common.turned) for one, common in near)]


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
