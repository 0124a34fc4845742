r"""Text as Markdown that shows it as written: only what would be acted on gets its backslash.

Beside CommonMark this knows what note-taking programs act on: `==marks==`, `%%comments%%`,
`$formulas$`, `#tags`, `^ids` and tables.
"""

import re

_INDENT = "&nbsp;"  # a cell of indent; spaces, and no-break spaces too, are stripped by many programs
_LINE_BREAK = "  "  # two spaces at the end of a line keep it apart from the next, in every dialect

_ACTIVE = re.compile(
    r"[\\`*\[\]<~|^]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # between letters it means itself
    r"|(?<=\S)\$"  # what can end a formula; one that nothing ends is none
    r"|(?<!\w)#"
    r"|(?<==)=|=(?==)"
    r"|(?<=%)%|%(?=%)"
    r"|&(?=#?\w+;)"
)
_AT_START = re.compile(r"^(?:(?=[-+=>])|(?=:-)|(?P<number>\d{1,9})(?=[.)](?:\s|$)))")


def escaped(line: str) -> str:
    """Return one line of text as Markdown that shows it as written."""
    inside = _ACTIVE.sub(r"\\\g<0>", line)
    return _AT_START.sub(lambda found: f"{found['number'] or ''}\\", inside)


def escaped_lines(text: str) -> str:
    """Return a text as Markdown that keeps its lines, paragraphs and indents."""
    return "\n\n".join(map(_paragraph, re.split(r"\n(?:[ \t]*\n)+", text)))


def _paragraph(paragraph: str) -> str:
    return f"{_LINE_BREAK}\n".join(_indented(line.rstrip()) for line in paragraph.split("\n"))


def _indented(line: str) -> str:
    bare = line.lstrip()
    return _INDENT * (len(line) - len(bare)) + escaped(bare)
