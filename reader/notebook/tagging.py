"""Tags: what bears them, which stand together, how they nest, and what changing one would change. Pure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reader.annotations import encodable
from reader.errors import NotATag
from reader.passages import Placed
from reader.tags import NESTS, clean_tags, is_within

MAX_DEPTH = 8  # levels of nesting that are folded; a name with more of them is one name from there on


@dataclass(frozen=True, slots=True)
class Tagged:
    """What bears tags: an annotation, or an article."""

    tags: tuple[str, ...]
    placed: Placed | None = None
    """The annotation; None if it is the article itself."""
    article_id: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """A tag where it stands among the others."""

    tag: str
    label: str
    """What its name adds to that of the tag it stands below: "air-defence"."""
    depth: int
    """How many tags it stands below."""
    passages: int
    """How many passages bear it, or one nested in it."""
    articles: int
    """How many articles as a whole do."""
    nests: bool
    """Whether tags stand below it, folded or not."""


@dataclass(frozen=True, slots=True)
class Retagging:
    """What a change of tags does to one annotation, or to one article."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    placed: Placed | None = None
    """The annotation; None if it is the article itself."""
    article_id: str = ""
    title: str = ""


def typed_tags(tags: Iterable[str], known: Collection[str] = ()) -> tuple[str, ...]:
    """Bring tags that somebody typed to the form in which they are kept; as `clean_tags`.

    Args:
        tags: In any form.
        known: Tags that stand there already, whatever they are called.

    Raises:
        NotATag: One of them could not be searched for.
    """
    cleaned = clean_tags(map(encodable, tags))
    if strange := next((tag for tag in cleaned if tag.startswith("-") and tag not in known), ""):
        raise NotATag(f"“{strange}” can be no tag: in a search, - before a word means without it")
    return cleaned


def parse_tags(words: str) -> tuple[str, ...]:
    """Read tags as they are typed: "#caucasus, arms" and "caucasus arms" are two."""
    return clean_tags(words.replace(",", " ").split())


def tag_counts(tagged: Iterable[Sequence[str]]) -> dict[str, int]:
    """Count how many of some annotations or articles bear each tag; commonest first, then by name."""
    counts = Counter(tag for tags in tagged for tag in tags)
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def retagged(tags: Sequence[str], old: str, new: str) -> tuple[str, ...]:
    """Replace a tag, and the tags nested in it; by "" takes them away. The others stay as they are."""
    inside = [tag for tag in tags if is_within(tag, old)]
    if not inside:
        return tuple(tags)
    renamed = clean_tags(new + tag[len(old) :] for tag in inside) if new else ()
    return tuple(sorted({*(tag for tag in tags if tag not in inside), *renamed}))


def outer_tags(tag: str) -> tuple[str, ...]:
    """Return the tags that a tag is nested in, the outermost first."""
    cuts = [place for place, character in enumerate(tag[:-1]) if character == NESTS]
    names = [tag[:cut] for cut in cuts if cut and tag[cut - 1] != NESTS]
    return tuple(names[: MAX_DEPTH - 1])


class _Named(dict[tuple[str, ...], frozenset[str]]):
    """Tags with those they are nested in, by the tags; worked out once for all that bear the same."""

    def __missing__(self, tags: tuple[str, ...]) -> frozenset[str]:
        """Work it out."""
        names = self[tags] = frozenset(name for tag in tags for name in (*outer_tags(tag), tag))
        return names


def bearing(tagged: Iterable[Tagged], chosen: Collection[str]) -> tuple[Tagged, ...]:
    """Keep what bears every chosen tag, or one nested in it."""
    wanted = set(chosen)
    named = _Named()
    return tuple(one for one in tagged if wanted <= named[one.tags])


def by_tag(tagged: Iterable[Tagged], chosen: Collection[str] = ()) -> dict[str, tuple[Tagged, ...]]:
    """Gather what bears each tag, or one nested in it.

    To narrow is to gather again what is `bearing` some tags: then those that are left stand
    together with them.

    Args:
        tagged: What bears tags.
        chosen: Tags that all of it bears; neither they nor those they are nested in are named again.
    """
    implied = _Named()[tuple(chosen)]
    named = _Named()
    gathered: defaultdict[str, list[Tagged]] = defaultdict(list)
    for one in tagged:
        for tag in named[one.tags]:
            gathered[tag].append(one)
    for tag in implied & gathered.keys():
        del gathered[tag]
    return {tag: tuple(ones) for tag, ones in gathered.items()}


def companions(tag: str, bearers: Iterable[Tagged], chosen: Collection[str] = ()) -> dict[str, int]:
    """Count the tags that stand together with a tag; the commonest first, then by name.

    Args:
        tag: A tag.
        bearers: What bears it.
        chosen: Tags that all of it bears, which are not counted.
    """
    known = (tag, *chosen)
    others = tag_counts(one.tags for one in bearers)
    return {one: count for one, count in others.items() if not any(is_within(one, name) for name in known)}


def branches(
    gathered: Mapping[str, Sequence[Tagged]], unfolded: Collection[str] = (), *, by_name: bool = False
) -> tuple[Branch, ...]:
    """Put tags into the order in which they are shown, nested ones below the tag they lie in.

    Args:
        gathered: What bears each tag, as `by_tag` gathers it.
        unfolded: The tags whose nested tags are shown.
        by_name: Sort by name; else the commonest come first.
    """
    below: defaultdict[str, list[str]] = defaultdict(list)
    for tag in gathered:
        below[next((outer for outer in reversed(outer_tags(tag)) if outer in gathered), "")].append(tag)

    def order(tag: str) -> tuple[int, str]:
        return (0 if by_name else -len(gathered[tag]), tag)

    def grown(outer: str, depth: int) -> Iterator[Branch]:
        for tag in sorted(below[outer], key=order):
            passages = sum(one.placed is not None for one in gathered[tag])
            articles = len(gathered[tag]) - passages
            label = tag[len(outer) + 1 :] if outer else tag
            yield Branch(tag, label, depth, passages, articles, tag in below)
            if tag in below and tag in unfolded:
                yield from grown(tag, depth + 1)

    return tuple(grown("", 0))


def merged(in_use: Mapping[str, int], old: str, new: str) -> dict[str, int]:
    """Return the tags that renaming one, and those nested in it, makes one with others that are in use.

    Args:
        in_use: How often each tag is used.
        old: What is renamed.
        new: What to; not "".
    """
    renamed = {new + tag[len(old) :] for tag in in_use if is_within(tag, old)}
    return {tag: count for tag, count in in_use.items() if tag in renamed and not is_within(tag, old)}
