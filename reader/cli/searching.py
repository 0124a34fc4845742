"""`reader search`, `reader related` and `reader index`: all articles, passages and notes at once."""

import re
import sys
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from reader.amounts import amount
from reader.cli.group import Session
from reader.cli.output import say, tell, to_json
from reader.errors import NothingFound, NotWritable
from reader.inert import inert
from reader.workspace import Workspace

if TYPE_CHECKING:
    from reader.indexing import Answer
    from reader.search.parsing import Parsed
    from reader.search.values import Hit, Related, Snippet, Tally

_LIMIT = 20
_RELATED = 10
_FACETS = ("kind", "source", "tag", "year")
_CONTEXT = 60  # code points each side of what was found
_WAS_LOST = "the search index was damaged, and was made anew from the files"
_LEFT_OUT = re.compile(r"-(?!h$)[^-\d]")  # -h asks for help; -5 may be the value of an option
_ON, _OFF = "\x1b[1;31m", "\x1b[m"  # as grep colours what matches


class _Asking(click.Command):
    """Takes words with a dash before them for what they are in a query: `-ice` is no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Write such words in the other way, up to a `--`, behind which all is taken as it is."""
        end = args.index("--") if "--" in args else len(args)
        words = (("NOT", one[1:]) if _LEFT_OUT.match(one) else (one,) for one in args[:end])
        return super().parse_args(ctx, [*chain.from_iterable(words), *args[end:]])


@click.command(cls=_Asking)
@click.argument("query", nargs=-1, required=True)
@click.option("--in", "where", type=click.Choice(["notes", "articles"]), help="Only these.")
@click.option("--limit", type=click.IntRange(min=1), default=_LIMIT, help="How many; 20 if nothing is said.")
@click.option("--context", type=click.IntRange(0, 1_000), default=_CONTEXT, help="Characters each side.")
@click.option("--count", is_flag=True, help="Print only how many there are.")
@click.option("--facets", type=click.Choice(_FACETS), help="Print only how many there are of each.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def search(
    session: Session,
    query: tuple[str, ...],
    *,
    where: str | None,
    limit: int,
    context: int,
    count: bool,
    facets: str | None,
    as_json: bool,
) -> None:
    """Search articles, passages and notes together, the best first.

    QUERY is words that all have to be there, "a phrase", word*, typo~, -without, this OR that,
    and fields: title: text: quote: note: tag: source: author: lang: color: is: has: in: date:
    before: after: added: noted: sort:. docs/search.md describes them. Prints id:line:snippet; the
    line is that of the source.
    """
    typed = " ".join(query)
    answer = session.workspace.search(typed, where=where or "", limit=limit, width=2 * context)
    _tell_reading(answer.parsed)
    if answer.was_lost:
        tell(_WAS_LOST)
    if answer.waiting:
        tell(f"the newest changes may be missing: {answer.waiting}")
    if answer.results.shortfall:
        tell(answer.results.shortfall)
    hits = answer.results.hits
    if count:
        say(str(answer.results.total))
    elif facets:
        _say_tally(answer.results.facets[facets], as_json=as_json)
    elif as_json:
        say(to_json(map(_as_json, hits), "hits"))
    elif hits:
        _say_hits(session.workspace, answer)
    if not hits:
        _tell_offers(answer)
        if not answer.results.searched:
            tell("there is no article here yet: `reader add` brings one")
        why = (
            "nothing that could be searched for stands in" if answer.parsed.is_void else "nothing answers to"
        )
        raise NothingFound(f"{why} “{typed}”")


@click.command
@click.argument("article")
@click.option(
    "--limit", type=click.IntRange(min=1), default=_RELATED, help="How many; 10 if nothing is said."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def related(session: Session, article: str, *, limit: int, as_json: bool) -> None:
    """List the articles that are most like one, the nearest first, with the words they share."""
    workspace = session.workspace
    found = workspace.related(workspace.find(article).id, limit)
    if as_json:
        say(to_json(map(_related_as_json, found)))
    else:
        for one in found:
            say(f"{one.article_id}\t{one.title}\t{', '.join(one.terms)}")
    if not found:
        raise NothingFound("no other article shares words with it that few others have")


@click.command
@click.option("--rebuild", is_flag=True, help="Make it anew from the files.")
@click.option("--status", is_flag=True, help="Only tell what it holds.")
@click.pass_obj
def index(session: Session, *, rebuild: bool, status: bool) -> None:
    """Bring the search index up to date with the files. `reader search` does so by itself."""
    book = session.workspace.index
    if not status:
        synced = book.sync(_progress, rebuild=rebuild)
        if synced.was_lost:
            tell(_WAS_LOST)
        if synced.was_left_alone:
            tell("a process that shared the work came to a bad end; its part was done again")
        if synced.waiting:
            raise NotWritable(synced.waiting)
        tell(f"{amount(synced.written, 'document')} written, {synced.deleted} taken out")
    holdings = book.status()
    for kind, number in holdings.documents.items():
        say(f"{kind}s\t{number}")
    say(f"segments\t{holdings.segments}\nbytes\t{holdings.size}\nversion\t{holdings.version}")
    say(f"folder\t{holdings.folder}")


def _tell_reading(parsed: "Parsed") -> None:
    """Say what was left out of a query, or how a query that can be read in two ways was read."""
    for fault in parsed.faults:
        tell(f"at character {fault.start + 1}: {fault.what}")
    if (parsed.faults and str(parsed)) or parsed.is_mixed:
        tell(f"searched for: {parsed}")


def _tell_offers(answer: "Answer") -> None:
    """Say what to ask in place of a query that finds nothing."""
    if answer.suggestion:
        tell(f"did you mean: {answer.suggestion}")
    for one in answer.relaxations:
        tell(f"{one.words}: {one.total}, by: {one.query}")


def _say_tally(tally: "Tally", *, as_json: bool) -> None:
    if as_json:
        say(to_json(({"value": value, "count": number} for value, number in tally), "facets"))
    else:
        for value, number in tally:
            say(f"{value}\t{number}")


def _say_hits(workspace: Workspace, answer: "Answer") -> None:
    hits, total = answer.results.hits, answer.results.total
    is_seen = sys.stdout.isatty()
    for hit in hits:
        place = f"{hit.document.id}:{_line_of(workspace, hit)}:"
        if is_seen:
            click.echo(f"{place}{_colored(hit.snippet)}")
        else:
            say(f"{place}{hit.snippet.text}")
    if total > len(hits):
        tell(f"{len(hits)} of {total}; --limit shows more")


def _line_of(workspace: Workspace, hit: "Hit") -> int:
    """Return the line of a hit in its source, from 1; 0 if the article of an annotation is gone."""
    summary = workspace.summary(hit.document.article_id)
    if summary is None:
        return 0
    if not hit.passages:
        return summary.lines[0]
    blocks = workspace.desk.open(summary.id).article.blocks
    return next((block.first_line for block in blocks if hit.passages[0][0] < block.end), summary.lines[0])


def _colored(snippet: "Snippet") -> str:
    """Return a snippet with what was found in colour; no other escape is left in it."""
    parts: list[str] = []
    at = 0
    for start, end in snippet.marks:
        parts += (inert(snippet.text[at:start]), _ON, inert(snippet.text[start:end]), _OFF)
        at = end
    return "".join((*parts, inert(snippet.text[at:])))


def _as_json(hit: "Hit") -> dict[str, Any]:
    document = hit.document
    return {
        "kind": str(document.kind),
        "id": document.id,
        "article_id": document.article_id or None,
        "title": document.title,
        "found_in": list(hit.labels),
        "snippet": hit.snippet.text,
        "marks": [list(span) for span in hit.snippet.marks],
        "passages": [list(span) for span in dict.fromkeys(hit.passages)],
        "quote": document.quote or None,
        "note": document.note or None,
        "tags": list(document.tags),
        "color": document.color or None,
        "source": document.source or None,
        "author": document.author or None,
        "date": document.date or None,
        "score": round(hit.score, 3),
    }


def _related_as_json(one: "Related") -> dict[str, Any]:
    return {"id": one.article_id, "title": one.title, "terms": list(one.terms), "score": round(one.score, 3)}


def _progress(number: int, total: int) -> None:
    """Tell on standard error how far a long writing is, if somebody watches."""
    if total > _LIMIT and sys.stderr.isatty():
        click.echo(f"\rindexing {number} of {total}", nl=number == total, err=True)
