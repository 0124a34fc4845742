"""Annotations for the tests: made by hand, made by Hypothesis, and the files that hold them."""

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import strategies as st

from reader.annotations import AnnotationStore
from reader.model import Summary
from reader.passages import Annotation, Color, Target
from reader.tags import clean_tags

SAMPLES = Path(__file__).parent / "samples" / "notes"
SUBJECT = Summary("a-ferry-00000000", "A ferry", "seeds/ferry.txt", (1, 9), words=90, hidden=0)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def annotation_at(
    start: int, *, body: str = "", tags: tuple[str, ...] = (), words: str = "fog"
) -> Annotation:
    """An annotation of some words at an offset; its id tells the offset."""
    target = Target(words, "thicker ", " than", start, start + len(words))
    times = ("2026-11-21T12:00:00Z",) * 2
    return Annotation(f"01JD{start:022}", target, Color.GREEN, tags, body, *times)


def store_in(folder: Path, *, shadow: bool = False) -> AnnotationStore:
    """A store of files under one folder; its clock stands."""
    return AnnotationStore(
        folder / "annotations",
        folder / "locks",
        folder / "cache" / "records.db" if shadow else None,
        folder / "unsaved",
        now=lambda: NOON,
    )


def written(store: AnnotationStore, text: str, name: str = "a-ferry--00000000.toml") -> Path:
    """Write a file by hand, and have it read."""
    store.folder.mkdir(parents=True, exist_ok=True)
    path = store.folder / name
    path.write_bytes(text.encode())
    store.refresh()
    return path


def texts(*, min_size: int = 0) -> st.SearchStrategy[str]:
    """Texts of every code point, rich in those that a file of ours must write with care."""
    careful = st.text(
        st.sampled_from("\"'\\#\n\r\t\0\x1b\x7f[]=.{} a\u2028\ufeff\U0001f600"), min_size=min_size
    )
    return careful | st.text(st.characters(codec="utf-8"), min_size=min_size)


def annotations() -> st.SearchStrategy[Annotation]:
    """Annotations with every text, of every place and time."""
    targets = st.builds(
        lambda exact, prefix, suffix, start: Target(exact, prefix, suffix, start, start + len(exact)),
        texts(min_size=1),
        texts(),
        texts(),
        st.integers(0, 10**7),
    )
    times = st.datetimes(timezones=st.just(UTC)).map(
        lambda moment: moment.replace(microsecond=0, tzinfo=None).isoformat() + "Z"
    )
    return st.builds(
        Annotation,
        id=texts(min_size=1),
        target=targets,
        color=st.sampled_from(Color),
        tags=st.lists(texts(), max_size=4).map(clean_tags),
        body=texts(),
        created=times | st.just(""),
        updated=times | st.just(""),
    )
