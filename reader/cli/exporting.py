"""`reader export`: everything that was made of the articles, in the formats of other programs."""

from dataclasses import replace
from pathlib import Path

import click

from reader.cli.group import Session
from reader.cli.output import amount, say, tell
from reader.errors import Conflict, NothingFound, NotWritable
from reader.exporters import EXPORTERS, Exporter, Section
from reader.files import replace_file
from reader.inert import inert
from reader.notebook import narrow
from reader.notebook.gathering import gather


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
    sections = _narrowed(gather(workspace.notebook, workspace.summaries()), " ".join(query))
    if not sections:
        raise NothingFound("there is nothing to export")
    exporter = EXPORTERS[form]
    text = exporter.write(sections)
    if output is None:
        say(text.removesuffix("\n"))
    else:
        _write(exporter, text, output, force=force)
    passages = sum(len(section.annotations) for section in sections)
    tell(f"{amount(passages, 'passage')} of {amount(len(sections), 'article')}")


def _narrowed(sections: tuple[Section, ...], query: str) -> tuple[Section, ...]:
    """Keep the passages that a query means, and the articles that still have some."""
    if not query:
        return sections
    kept = (replace(one, annotations=narrow(one.annotations, query)) for one in sections)
    return tuple(one for one in kept if one.annotations)


def _write(exporter: Exporter, text: str, path: Path, *, force: bool) -> None:
    """Write an export into a file, and leave what is not ours there as it is."""
    shown = inert(str(path))
    try:
        before = path.read_bytes().decode() if path.exists() else ""
        after = exporter.renew(before, text) if before.strip() and not force else text
        if after is None:
            raise Conflict(f"{shown}: is no export of this kind; name another file, or say --force")
        if after == before:
            tell(f"unchanged: {shown}")
            return
        replace_file(path, after.encode())
    except UnicodeDecodeError as error:
        raise Conflict(f"{shown}: is no text; name another file") from error
    except OSError as error:
        raise NotWritable(f"{shown}: cannot be written ({error.strerror})") from error
    tell(f"written: {shown}")
