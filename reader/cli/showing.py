"""The commands that show one article: as it is read, why it is so, and what is in it."""

import click

from reader.amounts import amount
from reader.cli.group import Session
from reader.cli.marking import marked
from reader.cli.output import article_as_json, say, tell, to_json, why_lines
from reader.errors import NothingFound
from reader.finding import find_words
from reader.inert import inert
from reader.layout import Link, lay_out, links_of, plain_lines
from reader.model import Article, Block, Category
from reader.workspace import Reading

MOST_OTHERS = 20  # titles that are named of those that share a block


@click.command
@click.argument("article")
@click.option("--width", type=click.IntRange(20, 200), help="Cells a line; 72 if the settings say nothing.")
@click.option("--hidden", "reveal", is_flag=True, help="Show the hidden blocks too, each with its reason.")
@click.option("--notes", is_flag=True, help="Mark highlights ==like this==, with their notes below them.")
@click.option("--raw", is_flag=True, help="Print the source as it is.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, each block with its verdict.")
@click.pass_obj
def show(
    session: Session,
    article: str,
    *,
    width: int | None,
    reveal: bool,
    notes: bool,
    raw: bool,
    as_json: bool,
) -> None:
    """Print an article as the screen shows it."""
    workspace = session.workspace
    if raw:
        say(workspace.desk.raw(workspace.find(article).id))
        return
    reading = _open(session, article)
    if as_json:
        say(to_json([article_as_json(reading.article, reading.ledger)]))
        return
    if reading.encoding:
        tell(f"the encoding is a guess: {reading.encoding}")
    shown, ledger = reading.article, reading.ledger
    if notes:
        shown, ledger = marked(shown, ledger, workspace.notebook.annotations(shown))
    page = lay_out(shown, ledger, width or workspace.config.width, reveal=reveal)
    say("\n".join(line.rstrip() for line in plain_lines(page)))
    if reading.ledger.hidden and not reveal:
        tell(f"{amount(reading.ledger.hidden, 'block')} hidden; `reader show {article} --hidden` shows them")


@click.command
@click.argument("article")
@click.pass_obj
def why(session: Session, article: str) -> None:
    """Print the ledger of hidden blocks: line, category, rule, reason and words, with tabs between.

    Of a block that most articles of a source have, the others are named below.
    """
    reading = _open(session, article)
    for line in why_lines(reading.article, reading.ledger):
        say(line)
    _tell_others(session, reading)
    if reading.ledger.note:
        tell(reading.ledger.note)
    if not reading.ledger.hidden:
        tell("nothing is hidden")


def _tell_others(session: Session, reading: Reading) -> None:
    """Name the articles in which what recurs stands too; blocks of the same articles together."""
    lines_by_titles: dict[tuple[str, ...], list[str]] = {}
    for at, (block, reason) in enumerate(zip(reading.article.blocks, reading.ledger.verdicts, strict=True)):
        if reason is not None and reason.category is Category.RECURRING:
            titles = tuple(one.title for one in session.workspace.desk.others_with(reading, at))
            lines_by_titles.setdefault(titles, []).append(str(block.first_line))
    for titles, lines in lines_by_titles.items():
        more = f" and {len(titles) - MOST_OTHERS} more" if len(titles) > MOST_OTHERS else ""
        named = ", ".join(f"“{inert(title)}”" for title in titles[:MOST_OTHERS])
        tell(f"line{'s' * (len(lines) != 1)} {', '.join(lines)}: also in {named}{more}")


@click.command("find")
@click.argument("article")
@click.argument("words", nargs=-1, required=True)
@click.pass_obj
def find_in_article(session: Session, article: str, words: tuple[str, ...]) -> None:
    """Find a phrase in an article. Prints the source line and the words of each block that holds it."""
    reading = _open(session, article)
    phrase = " ".join(words)
    starts = [start for start, _ in find_words(reading.article.text, phrase)]
    shown = 0
    for block in reading.article.blocks:
        if any(block.start <= start < block.end for start in starts):
            shown += 1
            say(f"{block.first_line}:{' '.join(reading.article.text_of(block).split())}")
    if not shown:
        raise NothingFound(f"“{phrase}” is not in “{reading.article.title}”")


@click.command
@click.argument("article")
@click.option("--within", is_flag=True, help="Print those that lead to another place in the article.")
@click.pass_obj
def links(session: Session, article: str, within: bool) -> None:
    """Print the links of an article, one a line.

    Of those within it: the line a link stands on, its words, the line it leads to and the words there, with
    tabs between.
    """
    reading = _open(session, article)
    found = [
        link for link in links_of(reading.article, reading.ledger) if (link.target is not None) == within
    ]
    for link in found:
        say(link.address if link.target is None else _within(reading.article, link, link.target))
    if not found:
        raise NothingFound("no such links in this article" if within else "no links in this article")


def _within(article: Article, link: Link, target: Block) -> str:
    line = next(block.first_line for block in reversed(article.blocks) if block.start <= link.start)
    words = " ".join(article.text_of(target).split())
    return "\t".join((str(line), " ".join(link.words.split()), str(target.first_line), words))


def _open(session: Session, name: str) -> Reading:
    workspace = session.workspace
    return workspace.desk.judge(workspace.desk.open(workspace.find(name).id))
