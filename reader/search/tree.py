"""A query as a tree, and how it is written. Pure.

Leaves know nothing of the index; each stands for the documents that it holds of.
"""

import re
from dataclasses import dataclass

from reader.search.dates import Days

_PLAIN = re.compile(r"\w[\w/.*&+-]*")  # a value that is read as one without quotation marks


@dataclass(frozen=True, slots=True)
class Words:
    """A word, or a phrase: words in this order, or near each other."""

    text: str
    field: str = ""
    """Where it is looked for; "" is everywhere."""
    quoted: bool = False
    """Whether it was typed between quotation marks."""
    near: int = 0
    """How many words apart they may stand, in any order; 0 for a phrase."""
    begins: bool = False
    """`wor*`: it, or any word that begins so."""
    typos: int = 0
    """`word~`: how many letters may be wrong."""
    unfinished: bool = False
    """A word that is being typed, and stands for as much as if it had a star."""

    def __str__(self) -> str:
        words = f'"{self.text}"' if self.quoted else self.text
        begins = self.begins or self.unfinished
        sign = "*" if begins else "~" if self.typos == 1 else f"~{self.near or self.typos}"
        has_sign = begins or self.typos or self.near
        return _with_field(self.field, words + sign * bool(has_sign))


@dataclass(frozen=True, slots=True)
class Label:
    """A value that a document has or has not: a tag, a colour, a language, a kind, a trait."""

    field: str
    value: str

    def __str__(self) -> str:
        return _with_field(self.field, self.value if _PLAIN.fullmatch(self.value) else f'"{self.value}"')


@dataclass(frozen=True, slots=True)
class During:
    """A day of a document that lies in a span of days."""

    field: str
    days: Days
    typed: str
    """The span, as it was typed."""

    def __str__(self) -> str:
        return _with_field(self.field, f'"{self.typed}"' if " " in self.typed else self.typed)


@dataclass(frozen=True, slots=True)
class All:
    """What all parts hold of; without parts, everything."""

    parts: tuple["Node", ...] = ()

    def __str__(self) -> str:
        return " ".join(_within(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Any:
    """What at least one part holds of."""

    parts: tuple["Node", ...]

    def __str__(self) -> str:
        return " OR ".join(_within(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Without:
    """What a part does not hold of."""

    part: "Node"

    def __str__(self) -> str:
        return f"-{_within(self.part)}"


Node = Words | Label | During | All | Any | Without


def _within(node: Node) -> str:
    """Write a part; several in one stand between brackets."""
    return f"({node})" if isinstance(node, All | Any) else str(node)


def _with_field(field: str, value: str) -> str:
    return f"{field}:{value}" if field else value
