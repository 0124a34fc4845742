"""The body of an answer, as long as it is allowed to be: counted on the wire and unpacked. Pure."""

import zlib
from collections.abc import Iterable

from reader.errors import PageNotFetched

PLAIN = frozenset({"", "identity"})
PACKED = frozenset({"gzip", "x-gzip"})
_GZIP = 31  # window bits of zlib that stand for gzip and nothing else


def unpack(chunks: Iterable[bytes], packing: str, most: int) -> bytes:
    """Join the chunks of a body, and unpack them.

    No chunk is unpacked further than to the limit: a thousand bytes can stand for a million.

    Args:
        chunks: As they come.
        packing: The content encoding: none, or gzip.
        most: Bytes that are taken, on the wire as well as unpacked.

    Raises:
        PageNotFetched: It is more, it is packed in another way, or it breaks off.
    """
    packing = packing.strip().lower()
    if packing in PLAIN:
        return _joined(chunks, most)
    if packing not in PACKED:
        raise PageNotFetched(f"packed in a way that was not asked for (“{packing}”)")
    return _unpacked(chunks, most)


def _joined(chunks: Iterable[bytes], most: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        _require(len(body), most)
    return bytes(body)


def _unpacked(chunks: Iterable[bytes], most: int) -> bytes:
    body, came = bytearray(), 0
    unpacker = zlib.decompressobj(_GZIP)
    try:
        for chunk in chunks:
            came += len(chunk)
            rest = chunk
            while rest:  # a gzip body may be several, one after the other
                if unpacker.eof:
                    unpacker = zlib.decompressobj(_GZIP)
                body += unpacker.decompress(rest, most + 1 - len(body))
                _require(max(came, len(body)), most)
                rest = unpacker.unused_data if unpacker.eof else b""
    except zlib.error as error:
        raise PageNotFetched(f"its packing is damaged ({error})") from error
    if came and not unpacker.eof:
        raise PageNotFetched("it breaks off before its end")
    return bytes(body)


def _require(length: int, most: int) -> None:
    if length > most:
        raise PageNotFetched(f"larger than {most:,} bytes (`fetch.max_bytes` of the settings)")
