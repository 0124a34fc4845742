"""Which words of an article are meant: by their place, or by themselves."""

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from reader.amounts import amount
from reader.errors import NothingFound, ReaderError
from reader.finding import find_words
from reader.model import Article, Span

MAX_PLACES = 8  # that the message on an ambiguous quote lists
CONTEXT = 24  # code points each side of a place in that list

F = TypeVar("F", bound=Callable[..., Any])


class AmbiguousPassage(ReaderError):
    """The words stand at several places; the message lists them."""

    status = 4


def parse_span(value: str) -> Span:
    """Read START:END, in code points of the canonical text."""
    if (found := re.fullmatch(r"(\d+):(\d+)", value)) is None:
        raise click.BadParameter("write it as START:END, as in 120:164")
    return int(found[1]), int(found[2])


def passage_options(command: F) -> F:
    """Give a command the options that name a passage: --quote, --nth, --at."""
    options = (
        click.option(
            "--quote", metavar="TEXT", help="The words; case, white space and quote marks are free."
        ),
        click.option(
            "--nth", type=click.IntRange(min=1), help="Which of several places of the words, from 1."
        ),
        click.option(
            "--at",
            metavar="START:END",
            type=parse_span,
            help="Where it begins and ends, in characters of the text.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def find_passage(article: Article, quote: str | None, nth: int | None, at: Span | None) -> Span:
    """Find the passage that the options name.

    Raises:
        NothingFound: The words are not in the article.
        AmbiguousPassage: They stand there several times, and nothing says which is meant.
    """
    if (quote is None) == (at is None):
        raise click.UsageError("name the passage by --quote TEXT or by --at START:END")
    if at is not None:
        return _within(article, at)
    if not (quote or "").strip():
        raise click.UsageError("--quote is empty; name words of the passage")
    places = _places(article.text, quote or "")
    if not places:
        raise NothingFound(f"“{quote}” is not in “{article.title}”; `reader show` prints what is")
    if nth is not None and nth > len(places):
        raise click.UsageError(
            f"the words stand there {amount(len(places), 'time')}, so --nth is at most that"
        )
    if nth is None and len(places) > 1:
        raise AmbiguousPassage(_listing(article.text, places))
    return places[(nth or 1) - 1]


def _places(text: str, quote: str) -> list[Span]:
    """Find the words as they are typed; if nothing reads so, in any case."""
    return list(find_words(text, quote)) or list(find_words(text, quote.lower()))


def _within(article: Article, at: Span) -> Span:
    start, end = at
    if not start < end <= len(article.text):
        raise click.UsageError(f"“{article.title}” has characters 0:{len(article.text)}; name some of them")
    return at


def _listing(text: str, places: Sequence[Span]) -> str:
    lines = [f"the words stand at {len(places)} places; add --nth N, or --at START:END:"]
    for number, (start, end) in enumerate(places[:MAX_PLACES], 1):
        around = text[max(start - CONTEXT, 0) : end + CONTEXT]
        lines.append(f"  {number}  {start}:{end}  …{' '.join(around.split())}…")
    if len(places) > MAX_PLACES:
        lines.append(f"  … and {len(places) - MAX_PLACES} more")
    return "\n".join(lines)
