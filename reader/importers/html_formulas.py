"""A formula of a page (MathML) -> one line of text, as one would type it: h = V/A, x², √(a + b)."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from selectolax.lexbor import LexborNode

DEEPEST = 60  # elements in elements; what is deeper is written as its words alone
_UNSEEN = frozenset(("annotation", "annotation-xml", "mphantom", "mprescripts", "none"))
_SPACED = frozenset("=≠<>≤≥≈≡≅∼∝+-−±∓×·⋅∈∉⊂⊆∪∩∧∨→←↔⇒⇐⇔↦:")
"""Signs with a blank on either side, unless nothing stands before them."""
_COMPOSED = frozenset(("mfrac", "msup", "msub", "msubsup", "mover", "munder", "munderover"))
_ENDS = {"mtable": "", "mtr": "; ", "mtd": " "}
"""What stands behind a matrix, its rows and what is in them."""
_WHITE = re.compile(r"\s+")
_ATOM = re.compile(r"[^\W_]*|\(.*\)")

ABOVE: Mapping[int, int] = MappingProxyType(
    str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ"),
)
BELOW: Mapping[int, int] = MappingProxyType(str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"))


def formula(node: LexborNode) -> str:
    """Write a <math> element as text; what its author wrote beside it, if it holds no words."""
    written = _WHITE.sub(" ", _row(node, 0)).strip()
    return written or (node.attributes.get("alttext") or "").strip()


def drop_twin(node: LexborNode) -> None:
    """Take out of a page what shows a formula once more, drawn from many small pieces (KaTeX)."""
    frame = node.parent
    twin = frame.next if frame is not None else None
    if twin is not None and "katex-html" in (twin.attributes.get("class") or ""):
        twin.decompose()


def _row(node: LexborNode, depth: int) -> str:
    """Write what an element holds, part behind part."""
    row = ""
    for child in _parts(node):
        part = _written(child, depth + 1)
        if child.tag == "mo" and part in _SPACED:
            part = f" {part} " if row.strip(" (,") else part
        elif part in {",", ";"}:
            part += " "
        row += part
    return row


def _written(node: LexborNode, depth: int) -> str:
    tag, parts = node.tag or "", _parts(node)
    if not parts or depth > DEEPEST:
        return _WHITE.sub(" ", node.text()).strip() + _ENDS.get(tag, "")
    if tag == "semantics":
        return _written(parts[0], depth + 1)
    if tag in _ENDS:
        return _row(node, depth).strip("; ") + _ENDS[tag]
    if tag in {"msqrt", "mroot"}:
        root = _written(parts[1], depth + 1) if tag == "mroot" and len(parts) > 1 else ""
        held = _written(parts[0], depth + 1) if tag == "mroot" else _row(node, depth).strip()
        return f"{_small(root, ABOVE, '')}√{_held_together(held)}"
    if len(parts) > 1 and tag in _COMPOSED:
        return _composed(tag, [_written(part, depth + 1).strip() for part in parts])
    return _row(node, depth)


def _composed(tag: str, parts: list[str]) -> str:
    """Write what stands above, below or beside something."""
    base, first = parts[0], parts[1]
    if tag == "mfrac":
        return f"{_held_together(base)}/{_held_together(first)}"
    if tag in {"msup", "mover"}:
        return base + _small(first, ABOVE, "^")
    if tag in {"msub", "munder"}:
        return base + _small(first, BELOW, "_")
    if tag in {"msubsup", "munderover"} and len(parts) > 2:
        return base + _small(first, BELOW, "_") + _small(parts[2], ABOVE, "^")
    return "".join(parts)


def _small(text: str, signs: Mapping[int, int], sign: str) -> str:
    """Write an exponent or an index in small signs, or behind a sign if there are none."""
    if all(ord(character) in signs for character in text):
        return text.translate(signs)
    return f"{sign}{_held_together(text)}"


def _held_together(text: str) -> str:
    return text if _ATOM.fullmatch(text) or len(text) == 1 else f"({text})"


def _parts(node: LexborNode) -> list[LexborNode]:
    return [part for part in node.iter() if part.tag not in _UNSEEN]
