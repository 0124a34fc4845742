"""Rules that a reader teaches: written as TOML behind those that stand in a file, and taken out of it again.

The file is the reader's own: no other byte of it moves, comments least of all. What comes out is read again
and compared before anybody writes it.
"""

import json
import re
import tomllib
from collections.abc import Sequence

from reader.cleaning.phrases import DEFAULT_MAX_WORDS, Rule
from reader.cleaning.wording import words_of
from reader.errors import Conflict, NoSuchRule
from reader.inert import inert

ID_WORDS = 4  # words of a phrase that name its rule
_HEADER = re.compile(r"^[ \t]*\[{1,2}[^\[\]\n]+\]{1,2}[ \t]*(?:#.*)?$", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*\[\[[ \t]*rule[ \t]*\]\]")


def entry_of(rule: Rule) -> str:
    """Write a rule as a table of a rule file."""
    said: dict[str, str | int | list[str]] = {
        "id": inert(rule.id),
        "reason": inert(rule.reason),
        "words": [*map(inert, rule.words)],
        "where": str(rule.where),
        "action": str(rule.action),
    }
    if rule.max_words != DEFAULT_MAX_WORDS:
        said["max_words"] = rule.max_words
    if rule.sources:
        said["sources"] = [*map(inert, rule.sources)]
    # JSON writes numbers, texts and lists of texts as TOML does, once they are inert
    return "[[rule]]\n" + "".join(
        f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in said.items()
    )


def name_for(phrase: str, taken: Sequence[str]) -> str:
    """Name a rule after the first words of its phrase; with a number if the name is taken."""
    name = "mine." + "-".join(word for word in words_of(phrase)[:ID_WORDS] if word.isalnum())
    numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return next((free for free in (name, *numbered) if free not in taken), name)


def ids_in(text: str) -> tuple[str, ...]:
    """Return the ids of the rules of a file, in order."""
    return tuple(str(entry.get("id", "")) for entry in _entries(text))


def entry_in(text: str, identity: str) -> str | None:
    """Return the text of one rule as it stands in a file; None if it is not there."""
    span = _span(text, identity)
    return None if span is None else text[slice(*span)]


def place_in(text: str, identity: str) -> tuple[str, str]:
    """Return which rule stands below one, and what stands between the two; nothing below the last one."""
    span, names = _span(text, identity), ids_in(text)
    below = names[names.index(identity) + 1 :][:1]
    beneath = _span(text, below[0]) if span and below else None
    return (below[0], text[span[1] : beneath[0]]) if span and beneath else ("", "")


def with_entry(text: str, entry: str, below: str = "", between: str = "") -> str:
    """Put a rule where it stood once, or else behind all others.

    Args:
        text: A rule file.
        entry: The rule.
        below: The rule that it stood above.
        between: What stood between the two.

    Raises:
        Conflict: The file is damaged, or ends in a way that leaves no room.
    """
    wanted, span = _entries(text), _span(text, below) if below else None
    if span is None:
        gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
        return _checked(f"{text}{gap}{entry}", [*wanted, *_entries(entry)])
    # a blank line above the rule below went with the rule, if another one stood above both
    gaps = (between, between.removeprefix("\n"))
    kept = next((gap for gap in gaps if text.endswith(gap, 0, span[0])), None)
    at, number = span[0] - len(kept or ""), ids_in(text).index(below)
    gap = "\n" if kept is None else between
    return _checked(
        text[:at] + entry + gap + text[span[0] :], [*wanted[:number], *_entries(entry), *wanted[number:]]
    )


def without_entry(text: str, identity: str) -> str:
    """Take a rule out; comments around it stay.

    Raises:
        NoSuchRule: There is no such rule.
        Conflict: It stands in a form that cannot be taken out safely.
    """
    span = _span(text, identity)
    if span is None:
        raise NoSuchRule(f"no rule of yours is called “{inert(identity)}”; `reader rules` lists them")
    before, behind = text[: span[0]], text[span[1] :]
    if before.endswith("\n\n") or not before:
        behind = behind.removeprefix("\n")
    kept = _entries(text)
    del kept[ids_in(text).index(identity)]
    result = before + behind
    return _checked(result if behind else result.rstrip("\n") + "\n" * bool(before), kept)


def _span(text: str, identity: str) -> tuple[int, int] | None:
    """Find where a rule stands, without the blank lines and comments behind it."""
    names = ids_in(text)
    if identity not in names:
        return None
    headers = list(_HEADER.finditer(text))
    begins = [number for number, header in enumerate(headers) if _RULE.match(header.group())]
    if len(begins) != len(names):
        raise Conflict("the rules are written in a form that is left alone; change the file by hand")
    number = begins[names.index(identity)]
    start = headers[number].start()
    end = headers[number + 1].start() if number + 1 < len(headers) else len(text)
    lines = text[start:end].splitlines(keepends=True)
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return start, start + len("".join(lines))


def _entries(text: str) -> list[dict[str, object]]:
    try:
        entries = tomllib.loads(text).get("rule", [])
    except (ValueError, RecursionError) as error:
        raise Conflict(f"the rules are not valid TOML ({inert(str(error))}); mend the file first") from None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise Conflict("`rule` is not a list of tables; mend the file first")
    return entries


def _checked(text: str, wanted: list[dict[str, object]]) -> str:
    if _entries(text) != wanted:
        raise Conflict("the rules are written in a form that is left alone; change the file by hand")
    return text
