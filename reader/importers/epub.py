"""EPUB -> canonical text and blocks: the chapters of the spine in order, each a heading of the outline.

Only names that stand in the archive are read, nothing is unpacked to a file, what is read is counted
as it comes out (a header may lie), and XML with entities of its own is refused.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import quote, unquote
from xml.etree import ElementTree as ET

from reader.errors import UnreadableSource
from reader.importers.html import pieces_of
from reader.importers.html_decoding import decode_page
from reader.importers.markup import Piece, lay
from reader.inert import inert
from reader.markup import Metadata
from reader.model import Source

MOST_ENTRIES = 20_000  # files in an archive; the largest books have some thousand
MOST_CHAPTERS = 5_000
MOST_BYTES = 40 * 2**20  # of all that is read, unpacked; the largest books have under 10 MB of text
MOST_RATIO = 200  # unpacked to packed; prose is packed to a third, not to a thousandth
SMALL = 2**20  # bytes up to which the ratio does not matter
LONGEST = 300  # code points of a value
STEP = 65_536  # bytes unpacked at a time
CONTAINER = "META-INF/container.xml"

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_DAY = re.compile(r"(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?")


def parse(content: bytes) -> Source:
    """Read the bytes of a book.

    Raises:
        UnreadableSource: It is no EPUB, is damaged or encrypted, or would unpack to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _Book(archive).read()
    except (zipfile.BadZipFile, EOFError) as error:
        raise UnreadableSource("not a whole EPUB: it breaks off before its end, or is none") from error
    except (zlib.error, NotImplementedError, ValueError, OSError) as error:
        raise UnreadableSource(f"not a whole EPUB: {error}") from error
    except ET.ParseError as error:
        raise UnreadableSource(f"an EPUB with a damaged table of contents: {error}") from error


class _Book:
    """One archive, and how much of it was read."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES:
            raise UnreadableSource(f"not a book: {len(entries):,} files in it, more than {MOST_ENTRIES:,}")
        if any(entry.flag_bits & 1 for entry in entries):
            raise UnreadableSource("the book is encrypted; only its owner's reader can open it")
        self._archive = archive
        self._entries = {entry.filename: entry for entry in entries}  # of two copies the last, as unzip does
        self._bytes = 0

    def read(self) -> Source:
        """Read the chapters."""
        if CONTAINER not in self._entries:
            raise UnreadableSource("not an EPUB: it has no META-INF/container.xml")
        root = _child(self._xml(CONTAINER), "rootfile")
        path = root.get("full-path", "") if root is not None else ""
        if path not in self._entries:
            raise UnreadableSource("not an EPUB: the package that it names is not in it")
        package = self._xml(path)
        pieces = [piece for chapter in self._chapters(package, path) for piece in self._pieces(chapter)]
        if not pieces:
            raise UnreadableSource("an EPUB without text: none of its chapters can be read")
        text, blocks = lay(pieces)
        blocks = tuple(block._replace(first_line=at, last_line=at) for at, block in enumerate(blocks, 1))
        return Source(text, blocks, len(blocks), "utf-8", metadata=_metadata(package))

    def _chapters(self, package: ET.Element, path: str) -> list[str]:
        """Return the paths of the chapters in reading order, each once."""
        folder = posixpath.dirname(path)
        hrefs = {item.get("id", ""): item.get("href", "") for item in _children(package, "item")}
        chapters: dict[str, None] = {}
        for reference in _children(package, "itemref"):
            href = unquote(hrefs.get(reference.get("idref", ""), "").partition("#")[0])
            chapter = posixpath.normpath(posixpath.join(folder, href))
            if href and chapter in self._entries and reference.get("linear") != "no":
                chapters[chapter] = None
        return list(chapters)[:MOST_CHAPTERS]

    def _pieces(self, path: str) -> Iterator[Piece]:
        # Without its markup, by which pages are judged: a book has no menus.
        for at, piece in enumerate(pieces_of(decode_page(self._bytes_of(path)).text)):
            names = (*([path] if at == 0 else ()), *(f"{path}#{name}" for name in piece.names))
            marks = tuple(mark._replace(href=_inside(mark.href, path)) for mark in piece.marks)
            yield piece._replace(tag="", around=(), boxes=(), names=names, marks=marks)

    def _xml(self, path: str) -> ET.Element:
        content = self._bytes_of(path)
        if _ENTITY.search(content):
            raise UnreadableSource("the book's XML declares entities of its own, which may be an attack")
        return ET.fromstring(content)  # noqa: S314 - without entities there is nothing to expand

    def _bytes_of(self, path: str) -> bytes:
        entry = self._entries[path]
        parts: list[bytes] = []
        size = 0
        with self._archive.open(entry) as file:
            while part := file.read(STEP):
                size += len(part)
                self._bytes += len(part)
                is_bomb = size > SMALL and size > MOST_RATIO * max(1, entry.compress_size)
                if is_bomb or self._bytes > MOST_BYTES:
                    raise UnreadableSource("the book unpacks to far more than text does; it was not read")
                parts.append(part)
        return b"".join(parts)


def _inside(href: str, chapter: str) -> str:
    """Write a link to a place in the book as one to the name of that place; leave others as they are."""
    if not href or _SCHEME.match(href):
        return href
    file, sign, name = href.partition("#")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(chapter), unquote(file))) if file else chapter
    return quote(f"#{path}{sign}{unquote(name)}", safe="/#")


def _children(element: ET.Element, name: str) -> Iterator[ET.Element]:
    return (child for child in element.iter() if _local(child) == name)


def _child(element: ET.Element, name: str) -> ET.Element | None:
    return next(_children(element, name), None)


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _metadata(package: ET.Element) -> Metadata:
    def told(name: str) -> list[str]:
        texts = (" ".join("".join(child.itertext()).split()) for child in _children(package, name))
        return [inert(text)[:LONGEST] for text in texts if text]

    day = _DAY.match(next(iter(told("date")), ""))
    return Metadata(
        title=next(iter(told("title")), ""),
        author="; ".join(dict.fromkeys(told("creator"))),
        date=day.group() if day else "",
        site=next(iter(told("publisher")), ""),
        lang=next(iter(told("language")), "")[:2].lower(),
    )
