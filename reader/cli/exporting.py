"""`reader export`: everything that was made of the articles, in the formats of other programs."""

from pathlib import Path

import click

from reader.amounts import amount
from reader.cli.group import Session
from reader.cli.output import say, tell
from reader.errors import NothingFound
from reader.exporters import EXPORTERS
from reader.inert import inert
from reader.notebook.exporting import sections_of, write_export


@click.command
@click.argument("form", metavar="FORMAT", type=click.Choice(list(EXPORTERS)))
@click.argument("query", nargs=-1)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write into this file.")
@click.option("--force", is_flag=True, help="Replace a file that this program did not make.")
@click.pass_obj
def export(session: Session, form: str, query: tuple[str, ...], *, output: Path | None, force: bool) -> None:
    """Export highlights, notes and tags as FORMAT: markdown or jsonl.

    Articles come in the order of the library, passages in that of the text; lost ones too.
    QUERY chooses some of them as in `reader notes`: words, tag:x, color:x, state:orphan,
    has:note. The same notes give the same text, byte for byte.
    """
    workspace = session.workspace
    sections = sections_of(workspace.notebook, workspace.summaries(), " ".join(query))
    if not sections:
        raise NothingFound("there is nothing to export")
    exporter = EXPORTERS[form]
    text = exporter.write(sections)
    if output is None:
        say(text.removesuffix("\n"))
    else:
        written = write_export(exporter, text, output, force=force)
        tell(f"{'written' if written else 'unchanged'}: {inert(str(output))}")
    passages = sum(len(section.annotations) for section in sections)
    tell(f"{amount(passages, 'passage')} of {amount(len(sections), 'article')}")
