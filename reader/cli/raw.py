"""The commands on raw files, which need no library."""

import json
import sys
from pathlib import Path

import click

from reader.cli.group import Session
from reader.cli.output import article_as_json, clean_text, say, say_texts, to_json
from reader.errors import UnreadableSource
from reader.inert import inert
from reader.intake import Intake
from reader.model import Article, Ledger
from reader.rulebook import RuleBook
from reader.source_files import read_path

_STANDARD_INPUT = Path("-")


@click.command("clean")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON, each block with its verdict.")
@click.option("--title", "titled", is_flag=True, help="Print the headline of a page too, where it stands.")
@click.pass_obj
def clean_files(session: Session, files: tuple[Path, ...], *, as_json: bool, titled: bool) -> None:
    """Print raw FILEs clean: what is kept, a block a line, a blank line between; - is standard input.

    Of a page the body is printed without its headline. The title of a text is one of its lines, and
    is printed like them. Several texts are parted by a line that holds only the character U+001E.
    """
    intake = Intake(session.rulebook)
    judged = [_judged(intake, file) for file in files]
    if as_json:
        say(to_json(article_as_json(article, ledger) for one in judged for article, ledger in one))
    else:
        say_texts(clean_text(one, titled=titled) for one in judged)


@click.command("split")
@click.argument("file", type=click.Path(path_type=Path))
def split_file(file: Path) -> None:
    """Split a raw FILE into its articles; prints one JSON object a line: title, text."""
    for article in _articles(Intake(RuleBook(None)), file):
        say(json.dumps({"title": article.title, "text": article.text}, ensure_ascii=False))


def _judged(intake: Intake, file: Path) -> tuple[tuple[Article, Ledger], ...]:
    return tuple((article, intake.judge(article)) for article in _articles(intake, file))


def _articles(intake: Intake, file: Path) -> tuple[Article, ...]:
    if file == _STANDARD_INPUT:
        return intake.read(sys.stdin.buffer.read(), "", "standard input")[1]
    content = read_path(file)
    try:
        return intake.read(content, file.suffix, inert(file.stem))[1]
    except UnreadableSource as error:
        raise UnreadableSource(f"{file}: {error}") from error
