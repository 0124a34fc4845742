"""What the reader made, written into a file in the format of another program.

A file that somebody else made is left alone, one of ours is renewed.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from reader.errors import Conflict, NotWritable
from reader.exporters import Exporter, Section
from reader.files import replace_file
from reader.inert import inert
from reader.model import Summary
from reader.notebook.contents import Contents
from reader.notebook.gathering import gather
from reader.notebook.narrowing import narrow


def sections_of(contents: Contents, summaries: Iterable[Summary], query: str = "") -> tuple[Section, ...]:
    """Gather what is to be written: all that was made, or the passages that a query means.

    Args:
        contents: What stands in the user's files.
        summaries: All articles, in the order of the library, as the reader has them.
        query: As in `reader notes`; "" for everything.
    """
    sections = gather(contents, summaries)
    if not query:
        return sections
    kept = (replace(one, annotations=narrow(one.annotations, query)) for one in sections)
    return tuple(one for one in kept if one.annotations)


def write_export(exporter: Exporter, text: str, path: Path, *, force: bool = False) -> bool:
    """Write an export into a file.

    Args:
        exporter: The format.
        text: The export.
        path: The file.
        force: Replace whatever is there.

    Returns:
        False if the file says so already.

    Raises:
        Conflict: The file was made by somebody else.
        NotWritable: It cannot be written.
    """
    shown = inert(str(path))
    try:
        before = path.read_bytes().decode() if path.exists() else ""
        after = exporter.renew(before, text) if before.strip() and not force else text
        if after is None:
            raise Conflict("is no export of this kind; name another file, or say --force", shown)
        if after == before:
            return False
        replace_file(path, after.encode())
    except UnicodeDecodeError as error:
        raise Conflict("is no text; name another file", shown) from error
    except OSError as error:
        raise NotWritable(f"cannot be written ({error.strerror})", shown) from error
    return True
