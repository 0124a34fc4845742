"""Where a reader was in an article goes with it when its source is edited.

An edit gives an article another id. What the user's files say of it is traced by the
notebook; this does the same for what the program remembers: status, place, marks, journal.
"""

from collections.abc import Mapping, Sequence

from reader.anchoring import describe, locate_all, locate_among
from reader.library import Library
from reader.model import Article, Summary
from reader.passages import Target
from reader.state import HERE, State, Visit
from reader.tracing import Trail, stands_in, trace

_Found = dict[str, tuple[Article, Target]]
"""Where places are now, by letter: an article, and the words at a place in it."""

WORDS = 160  # code points by which a place is known: two lines on a wide page


def place_at(text: str, offset: int) -> Target:
    """Describe a place of a canonical text by the words that begin there."""
    return describe(text, offset, min(offset + WORDS, len(text)))


def follow(
    state: State, library: Library, known: Mapping[str, str], *, in_place: bool = False
) -> dict[str, str]:
    """Carry what is remembered of articles that are gone to those that they became.

    Args:
        state: What is remembered.
        library: The articles of today.
        known: What articles became, by their old ids, as the user's files tell it.
        in_place: Whether the library is but some files: articles of others are not gone, but out of sight.

    Returns:
        What each article that is gone became, by its old id; of some that is not known.

    Raises:
        NotWritable: The state cannot be read or written.
    """
    summaries = {one.id: one for one in library.summaries()}
    visits = state.visits()
    lost = [one for one in visits if one.article_id not in summaries and not one.became]
    if in_place:
        paths = {one.path for one in summaries.values()}
        lost = [one for one in lost if one.path in paths]
    traced = _traced(state, library, visits, lost) if lost else {}
    for one in lost:
        home = known.get(one.article_id) or traced.get(one.article_id, "")
        _carry(state, library, one, summaries.get(home))
    by_id = {one.article_id: one for one in (state.visits() if lost else visits)}
    for old in (state.edited() & known.keys()) - by_id.keys():
        state.follow(old, _visit(summaries[known[old]]), {})
    latest = {old: _latest(old, by_id) for old in by_id.keys() - summaries.keys()}
    return {old: new for old, new in latest.items() if new in summaries}


def _latest(old: str, visits: Mapping[str, Visit]) -> str:
    """Return what an article became in the end."""
    seen = {old}
    while (visit := visits.get(old)) and visit.became and visit.became not in seen:
        old = visit.became
        seen.add(old)
    return old


def _traced(state: State, library: Library, visits: Sequence[Visit], lost: Sequence[Visit]) -> dict[str, str]:
    quotes = {
        one.article_id: tuple(place.exact for place in state.places(one.article_id).values()) for one in lost
    }
    trails = [
        Trail(one.article_id, one.article_id, one.title, one.path, quotes.get(one.article_id, ()))
        for one in visits
        if one in lost or not one.became
    ]

    def stands(trail: Trail[str], article_id: str) -> bool:
        article = library.article(article_id) if trail.quotes else None
        return article is not None and stands_in(trail, article.text)

    return trace(trails, library.summaries(), stands)


def _carry(state: State, library: Library, old: Visit, home: Summary | None) -> None:
    """Carry what is remembered of one article; each of its places into the article that holds it now."""
    places = state.places(old.article_id)
    article = library.article(home.id) if home else None
    found = _found_in(article, places) if article else {}
    found |= _found_among(library, old.path, {one: places[one] for one in places.keys() - found.keys()})
    if HERE in places and HERE not in found and article:
        found[HERE] = article, place_at(article.text, min(places[HERE].start, len(article.text)))
    if HERE in found:  # whoever was in the middle of an article is in the middle of one of its parts
        article = found[HERE][0]
    if article is None:
        return
    own = {letter: place for letter, (there, place) in found.items() if there.id == article.id}
    state.follow(old.article_id, _visit(article), own)
    for letter, (there, place) in found.items():
        if letter not in own:
            state.set_mark(there.id, letter, place.start)
            state.visit(_visit(there), letter, place)


def _found_in(article: Article, places: Mapping[str, Target]) -> _Found:
    """Find places in the text of an article."""
    found = locate_all(article.text, places.values())
    return {
        letter: (article, place_at(article.text, one.start))
        for letter, one in zip(places, found, strict=True)
        if one
    }


def _found_among(library: Library, path: str, places: Mapping[str, Target]) -> _Found:
    """Find places in the articles of a source."""
    summaries = [one for one in library.summaries() if one.path == path] if places else []
    articles = [article for one in summaries if (article := library.article(one.id))]
    found = locate_among([one.text for one in articles], list(places.values()))
    return {
        letter: (articles[one[0]], place_at(articles[one[0]].text, one[1].start))
        for letter, one in zip(places, found, strict=True)
        if one
    }


def _visit(article: Article | Summary) -> Visit:
    return Visit(article.id, article.title, article.path)
