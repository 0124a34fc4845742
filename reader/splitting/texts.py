"""The words of the blocks of an article, cut from its source only when somebody looks.

A book of 5 MB has 10,000 blocks and more; to know its title and kinds, few of them must be read.
"""

from collections.abc import Iterator, Sequence
from typing import overload

from reader.model import Block


class BlockTexts(Sequence[str]):
    """The texts of some blocks of a source.

    Args:
        text: Canonical text of the source.
        blocks: The blocks, in its order.
    """

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self._text = text
        self._blocks = blocks

    def __len__(self) -> int:
        return len(self._blocks)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self._text[block.start : block.end] for block in self._blocks[index]]
        block = self._blocks[index]
        return self._text[block.start : block.end]

    def length(self, index: int) -> int:
        """Return the number of code points of a block."""
        block = self._blocks[index]
        return block.end - block.start

    def short(self, longest: int) -> Iterator[tuple[int, str]]:
        """Yield index and text of each block of so many code points at most."""
        text = self._text
        for index, block in enumerate(self._blocks):
            if block.end - block.start <= longest:
                yield index, text[block.start : block.end]

    def holding(self, words: str) -> Iterator[str]:
        """Yield the text of each block that holds some words."""
        if self._blocks and self._text.find(words, self._blocks[0].start, self._blocks[-1].end) >= 0:
            yield from (text for text in self if words in text)
