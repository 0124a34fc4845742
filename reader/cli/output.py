"""Values to text: JSON with a version, tables for people, blocks one a line."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import click

from reader.amounts import amount
from reader.families import Families
from reader.inert import inert_fields
from reader.likeness import Likeness
from reader.model import Article, Block, BlockKind, Ledger, Progress, Reason, Summary
from reader.notebook import Counts
from reader.reading_time import count_words, minutes
from reader.tui.signs import STAR, STATUSES

JSON_VERSION = 1
_SEPARATOR = "\x1e"  # between the texts of several files, on a line of its own


def say(text: str) -> None:
    """Print what was asked for. Nothing printed can make a terminal act, wherever it came from."""
    click.echo(inert_fields(text))


def tell(text: str) -> None:
    """Print what is beside the matter, to standard error."""
    click.echo(inert_fields(text), err=True)


def to_json(values: Iterable[Mapping[str, Any]], name: str = "articles", **beside: Any) -> str:
    """Write values out as one JSON document, under their name and with the version of its shape.

    What stands `beside` them has a name of its own.

    What a terminal would act on is escaped, so that the document says exactly what is so.
    """
    from reader.escaping import as_json  # noqa: PLC0415 - json takes 3 ms; a list for people needs none

    return as_json({"version": JSON_VERSION, name: list(values), **beside}, indent=1)


def listed_as_json(summary: Summary, counts: Counts, families: Families) -> dict[str, Any]:
    """Return what the list knows of an article, how much its reader made of it, and its near copies."""
    made = {"highlights": counts.highlights, "notes": counts.notes, "tags": sorted(counts.tags)}
    copies = {"near_copies": list(families.others(summary.id))}
    return _heading_as_json(summary, summary.words) | made | copies


def copy_as_json(article_id: str, common: Likeness) -> dict[str, Any]:
    """Return an article with what it has in common with another, as words of its own and of the other."""
    return {"id": article_id, "share": round(common.share, 3)} | common._asdict()


def article_as_json(article: Article, ledger: Ledger) -> dict[str, Any]:
    """Return an article whole: each block with its verdict."""
    kept = sum(count_words(article.text_of(block)) for block in ledger.kept(article))
    blocks = [
        {
            "kind": str(block.kind),
            "lines": [block.first_line, block.last_line],
            "text": article.text_of(block),
            "hidden": _reason_as_json(reason),
        }
        for block, reason in zip(article.blocks, ledger.verdicts, strict=True)
    ]
    return _heading_as_json(article, kept) | {"blocks": blocks}


def _heading_as_json(one: Article | Summary, words: int) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "title_derived": one.title_derived,
        "source": one.source or None,
        "author": one.author or None,
        "date": one.date or None,
        "lang": one.lang or None,
        "words": words,
        "path": one.path,
        "lines": list(one.lines),
    }


def _reason_as_json(reason: Reason | None) -> dict[str, str] | None:
    if reason is None:
        return None
    return {"rule": reason.rule, "category": str(reason.category), "reason": reason.words}


def clean_text(judged: Iterable[tuple[Article, Ledger]], *, titled: bool) -> str:
    """Return the kept blocks, one a line, a blank line between.

    Args:
        judged: The articles of a file.
        titled: Whether headlines of pages are among them; the title of a text always is.
    """
    lines = (
        _on_one_line(block, article.text_of(block))
        for article, ledger in judged
        for block in ledger.kept(article)
        if titled or block.kind is not BlockKind.TITLE or block.markup is None
    )
    return "\n\n".join(lines)


def say_texts(texts: Iterable[str]) -> None:
    """Print the texts of several files one after the other, with a separator line between."""
    for number, text in enumerate(texts):
        if number:
            click.echo(_SEPARATOR)
        say(text)


def _on_one_line(block: Block, text: str) -> str:
    return f"{block.marker} {text}" if block.kind is BlockKind.LIST_ITEM and block.marker else text


def list_lines(
    numbered: Iterable[tuple[int, Summary]],
    progress: Mapping[str, Progress],
    starred: AbstractSet[str],
    counts: Mapping[str, Counts],
    families: Families,
) -> Iterator[str]:
    """Yield a line for each article: number, sign, title, and what is known of it."""
    for number, one in numbered:
        status = progress.get(one.id, Progress()).status
        sign = STAR if one.id in starred else STATUSES[status]
        made = counts.get(one.id, Counts())
        facts = [one.source, one.date, f"{minutes(one.words)} min"]
        facts += [amount(made.highlights, "highlight")] * bool(made.highlights)
        facts += [amount(made.notes, "note")] * bool(made.notes)
        if copies := families.others(one.id):
            facts.append(f"{len(copies)} near {'copy' if len(copies) == 1 else 'copies'}")
        known = ", ".join(filter(None, facts))
        yield f"{number:3} {sign} {one.title}{' *' if one.title_derived else ''}  ({known})"


def why_lines(article: Article, ledger: Ledger) -> Iterator[str]:
    """Yield a line for each hidden block: source line, category, rule, reason, words; tabs between."""
    for block, reason in zip(article.blocks, ledger.verdicts, strict=True):
        if reason:
            fields = (
                str(block.first_line),
                str(reason.category),
                reason.rule,
                reason.words,
                article.text_of(block),
            )
            yield "\t".join(" ".join(field.split()) for field in fields)
