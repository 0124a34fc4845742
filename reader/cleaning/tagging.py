"""What a page puts behind an article: tag lists, hashtags, and a machine-written re-summary before them."""

import re
from collections.abc import Iterator, Mapping, Sequence

from reader.cleaning.measures import Line
from reader.cleaning.phrases import has_phrase
from reader.model import BlockKind, Category, Reason

Found = Mapping[int, Reason]
Finding = tuple[int, Reason]

TAG_WORDS = 8  # words of one tag in a numbered list
BARE_TAG_WORDS = 4  # words of one tag in a list without numbers
MOST_TAGS = 40  # lines
GAP = 3  # blank lines that set a re-summary apart
SIGNALS = 3  # of four that must speak for a re-summary
MOST_FILLER = 12  # blocks
_NUMBERED = re.compile(r"^\d{1,2}[.)]\s")
_MARKS = frozenset(
    (
        *(
            " tags ",
            " tag ",
            " tagged ",
            " tagged with ",
            " tagged in ",
            " filed under ",
            " keywords ",
            " topics ",
        ),
        *(
            " article tags ",
            " related tags ",
            " topics in this article ",
            " etiquetas ",
            " tagi ",
            " słowa kluczowe ",
        ),
        *(
            " метки ",
            " теги ",
            " тэги ",
            " ετικέτες ",
            " schlagwörter ",
            " schlagworte ",
            " mots clés ",
            " 标 签 ",
        ),
    )
)
_PLAIN_WORDS = frozenset((" tag ", " keywords ", " topics "))  # marks only with a colon
_STOCK = (  # what a re-summary says when it has nothing to say
    *(
        "in a recent development",
        "in a recent statement",
        "in a shocking turn of events",
        "it remains to be seen",
    ),
    *("only time will tell", "stay tuned", "as the world watches", "closely monitoring the situation"),
    *("closely watching the situation", "watching closely", "one thing is certain", "one thing is clear"),
    *("raises questions about", "marks a significant", "in conclusion", "continues to unfold", "looms large"),
    *(
        "as the situation continues",
        "as tensions continue",
        "underscores the",
        "is a complex and multifaceted",
    ),
    *("sends a clear message", "sparked debate", "raised eyebrows", "let us hope"),
)


def tag_lists(lines: Sequence[Line], found: Found) -> Iterator[Finding]:
    """Find the lists behind "Tags:" and its like."""
    named = [line for line in lines if line.key in _MARKS or line.at in found]
    for line in named:
        if _is_mark(line, found.get(line.at)):
            yield line.at, _tags("heading of a list of tags")
            for index in _tags_behind(lines, line.at + 1):
                yield index, _tags(f"in the list of tags below “{line.text.strip()}”")


def hashtag_lines(lines: Sequence[Line], found: Found) -> Iterator[Finding]:
    """Find lines that hold hashtags and nothing else."""
    for line in [line for line in lines if line.text[:1] == "#"]:
        pieces = line.text.split()
        tags = sum(piece.startswith("#") and len(piece) > 1 for piece in pieces)
        behind_tags = _category(found, line.at - 1) is Category.TAGS
        if tags == len(pieces) and (tags > 1 or (tags == 1 and behind_tags)):
            yield line.at, Reason("hashtags.line", Category.HASHTAGS, "a line of hashtags")


def filler(lines: Sequence[Line], found: Found) -> Iterator[Finding]:
    """Find the re-summary between the last large gap and the tag list.

    It is fluent prose: only the template tells it. So it is looked for only where a tag list ends the
    article, and at least `SIGNALS` of these speak for it: a gap of `GAP` blank lines, hashtags behind
    the tags, a phrase that says nothing, a first sentence that tells the article's subject anew.
    """
    tags = _tail(lines, found)
    start = _last_gap(lines, tags)
    if start is None or not 0 < tags - start <= MOST_FILLER:
        return
    before, between = lines[:start], lines[start:tags]
    if sum(line.word_count for line in between) > sum(line.word_count for line in before):
        return
    signals = (
        lines[start].blanks_before >= GAP,
        any(_category(found, line.at) is Category.HASHTAGS for line in lines[tags:]),
        any(has_phrase(line, _STOCK) for line in between),
        _tells_anew(before, between[0]),
    )
    if sum(signals) >= SIGNALS:
        for line in between:
            yield (
                line.at,
                Reason(
                    "filler.template",
                    Category.FILLER,
                    "sums the article up again, above its tags",
                ),
            )


def _tags(words: str) -> Reason:
    return Reason("tags.list", Category.TAGS, words)


def _category(found: Found, index: int) -> Category | None:
    reason = found.get(index)
    return reason.category if reason else None


def _is_mark(line: Line, reason: Reason | None) -> bool:
    if line.kind is BlockKind.TITLE or line.word_count > TAG_WORDS:
        return False
    if line.key in _MARKS:
        return line.text.rstrip().endswith((":", "：")) or line.key not in _PLAIN_WORDS
    return (
        reason is not None and reason.category is Category.TAGS and line.text.rstrip().endswith((":", "："))
    )


def _tags_behind(lines: Sequence[Line], start: int) -> Iterator[int]:
    """Return the lines of a tag list: numbered or short ones in a row, or one with commas."""
    numbered = start < len(lines) and _is_numbered(lines[start])
    for index, line in enumerate(lines[start : start + MOST_TAGS], start):
        if line.kind in {BlockKind.TITLE, BlockKind.HEADING}:
            return
        if index == start and _is_comma_list(line):
            yield index
            return
        if index > start and line.blanks_before > lines[start].blanks_before:
            return
        is_tag = _is_numbered(line) if numbered else _is_bare_tag(line)
        if not is_tag:
            return
        yield index


def _is_numbered(line: Line) -> bool:
    return line.word_count <= TAG_WORDS + 1 and bool(line.marker or _NUMBERED.match(line.text))


def _is_bare_tag(line: Line) -> bool:
    return 0 < line.word_count <= BARE_TAG_WORDS and line.text.rstrip()[-1:] not in tuple('.!?:…”"')


def _is_comma_list(line: Line) -> bool:
    pieces = re.split("[,;、，|·]", line.text)
    return (
        len(pieces) > 2
        and line.word_count <= 4 * len(pieces)
        and max(len(piece.split()) for piece in pieces) <= TAG_WORDS
    )


def _tail(lines: Sequence[Line], found: Found) -> int:
    """Return where the tags begin that end the article; the number of lines if none do."""
    start = end = len(lines)
    while end and _category(found, end - 1) is not None:
        end -= 1
        if _category(found, end) is Category.TAGS:
            start = end
    return start


def _last_gap(lines: Sequence[Line], end: int) -> int | None:
    """Return the last block before the tags that stands behind two blank lines or more."""
    if end == len(lines):
        return None
    gaps = [line.at for line in lines[2:end] if line.blanks_before >= GAP - 1]
    return gaps[-1] if gaps else None


def _tells_anew(before: Sequence[Line], opening: Line) -> bool:
    """Tell whether a paragraph names what title and lead named, as if nothing had been said."""
    lead = {name for line in before[:3] for name in _names(line.text)}
    return len(lead & _names(opening.text)) >= 2


def _names(text: str) -> set[str]:
    return set(re.findall(r"\b[^\W\d_]{3,}", " ".join(word for word in text.split() if word[:1].isupper())))
