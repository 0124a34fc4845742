"""How well the search finds what is meant: `python -m benchmarks.relevance [-v]`.

A table of the judged set (`tests/samples/judged`) by kinds of questions, beside what SQLite's
FTS5 and `grep -c` find in the same documents. With `-v`, each question that is not answered
perfectly, with what was found and what was missed.

FTS5 gets the question in its own language as far as it can say it: phrases, fields, beginnings,
tags, AND, OR and NOT, stems of English; it has no dates and no typing errors. `grep -c` counts
the lines that hold any of the words.
"""

import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from reader.search.parsing import parse
from reader.search.tree import All, Any, Label, Node, Without, Words
from tests.judged import AT, Judged, Query, Score, mean, notes, open_judged, queries, score

COLUMNS = ("title", "text", "quote", "note", "tags", "source", "author")
TODAY = date(2026, 11, 22).toordinal()
TARGET = "target: MRR 0.90, recall 0.95"
MISSPELT = "misspelt"  # the kind of questions whose words are wrong without a sign that says so

Document = dict[str, str]
Answer = Callable[[Query], Sequence[str]]


def documents(judged: Judged) -> dict[str, Document]:
    """Return the texts of the set by their keys, columns by names; without what is hidden."""
    found: dict[str, Document] = {}
    about = {}
    for summary in judged.workspace.summaries():
        reading = judged.workspace.desk.open(summary.id)
        shown = zip(reading.article.blocks, reading.ledger.verdicts, strict=True)
        text = "\n".join(reading.article.text[one.start : one.end] for one, why in shown if why is None)
        key, own = judged.keys[summary.id], judged.workspace.notebook.about(summary.id)
        about[key] = {"title": summary.title, "source": summary.source, "author": summary.author}
        found[key] = about[key] | {"text": text, "note": own.note, "tags": " ".join(own.tags)}
    for note in notes():
        said = {"quote": note.quote, "note": note.note, "tags": " ".join(note.tags)}
        found[note.key] = about[f"@{note.article}"] | said
    return found


def by_fts5(texts: dict[str, Document]) -> Answer:
    """Answer by SQLite: stems of English, accents folded, its own order by bm25."""
    database = sqlite3.connect(":memory:")
    database.execute(
        f"CREATE VIRTUAL TABLE found USING fts5(key UNINDEXED, {', '.join(COLUMNS)},"
        " tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    rows = ((key, *(text.get(column, "") for column in COLUMNS)) for key, text in texts.items())
    places = ", ".join("?" * (len(COLUMNS) + 1))
    database.executemany(f"INSERT INTO found VALUES ({places})", rows)  # noqa: S608 - question marks
    select = f"SELECT key FROM found WHERE found MATCH ? ORDER BY bm25(found) LIMIT {AT}"  # noqa: S608 - a number

    def answer(query: Query) -> Sequence[str]:
        asked = _in_fts5(parse(query.query, TODAY).tree)
        return [key for (key,) in database.execute(select, (asked,))] if asked else []

    return answer


def _in_fts5(node: Node) -> str:
    """Write a tree in the language of FTS5; "" for what it cannot say."""
    match node:
        case Words():
            text = node.text.replace('"', '""')
            words = f"NEAR({text}, {node.near})" if node.near else f'"{text}"{" *" * node.begins}'
            return f"{{{node.field}}} : {words}" if node.field else words
        case Label(field="tag"):
            return f'tags : "{node.value}"'
        case Any():
            return _joined(" OR ", [_in_fts5(part) for part in node.parts])
        case All():
            asked = [_in_fts5(part) for part in node.parts if not isinstance(part, Without)]
            without = [_in_fts5(part.part) for part in node.parts if isinstance(part, Without)]
            found = _joined(" AND ", asked)
            return f"({found} NOT {_joined(' OR ', without)})" if found and any(without) else found
        case _:
            return ""


def _joined(operator: str, parts: Sequence[str]) -> str:
    said = [part for part in parts if part]
    return f"({operator.join(said)})" if len(said) > 1 else "".join(said)


def by_grep(texts: dict[str, Document]) -> Answer:
    """Answer by counting the lines that hold any of the words, in any case."""
    lines = {key: "\n".join(text.values()).casefold().splitlines() for key, text in texts.items()}

    def answer(query: Query) -> Sequence[str]:
        words = [word.casefold() for word in _words_in(parse(query.query, TODAY).tree)]
        counts = {key: sum(any(word in line for word in words) for line in own) for key, own in lines.items()}
        return sorted((key for key in counts if counts[key]), key=lambda key: -counts[key])[:AT]

    return answer


def _words_in(node: Node) -> list[str]:
    match node:
        case Words():
            return [node.text] if node.quoted else node.text.split()
        case Label(field="tag"):
            return [node.value]
        case All() | Any():
            return [word for part in node.parts for word in _words_in(part)]
        case _:
            return []


def show_row(name: str, scores: Sequence[Sequence[Score]]) -> None:
    """Print the means of some questions, by engines."""
    means = "    ".join(
        "  ".join(f"{one:.3f}" for one in mean(column)) for column in zip(*scores, strict=True)
    )
    print(f"{name:10} {len(scores):4}    {means}")


def show_miss(query: Query, found: Sequence[str], own: Score) -> None:
    """Print a question that was not answered perfectly."""
    if min(own) < 1:
        missed = " ".join(sorted(query.relevant.difference(found)))
        print(f"{query.kind}: {query.query}\n    found  {' '.join(found)}\n    missed {missed}")


def main(*, verbose: bool) -> None:
    """Ask all questions of all engines, and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        judged = open_judged(Path(folder))
        texts = documents(judged)
        engines: dict[str, Answer] = {
            "reader": lambda query: judged.answer(query.query, is_misspelt=query.kind == MISSPELT),
            "FTS5": by_fts5(texts),
            "grep -c": by_grep(texts),
        }
        rows: list[tuple[Query, list[Score]]] = []
        for query in queries():
            found = [answer(query) for answer in engines.values()]
            rows.append((query, [score(query, one) for one in found]))
            if verbose:
                show_miss(query, found[0], rows[-1][1][0])
        judged.workspace.close()
    print(f"{len(texts)} documents; {TARGET}")
    print(" " * 19 + "".join(f"{name:25}" for name in engines))
    print("kind      asked    " + "MRR    recall nDCG       " * len(engines))
    for kind in dict.fromkeys(query.kind for query, _ in rows):
        show_row(kind, [scores for query, scores in rows if query.kind == kind])
    show_row("tuned on", [scores for query, scores in rows if not query.is_held_out])
    show_row("held out", [scores for query, scores in rows if query.is_held_out])
    show_row("all", [scores for _, scores in rows])


if __name__ == "__main__":
    main(verbose="-v" in sys.argv)
