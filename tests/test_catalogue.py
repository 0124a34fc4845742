from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import ProgrammingError

import pytest

from reader.catalogue import Catalogue, Entry, Row
from reader.model import Summary
from reader.stamps import Stamp
from tests.builders import closed_while_asked

STAMP = Stamp(1, 2, 3)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with closing(Catalogue(tmp_path, "seeds")) as made:
        made.put(row("ferry"), "1")
        yield made


def row(title: str) -> Row:
    summary = Summary(id=title, title=title, path=f"{title}.txt", lines=(1, 2), words=9, hidden=0)
    return Row(summary.path, Path(summary.path), STAMP, (Entry(summary, None),))


def titles(catalogue: Catalogue) -> list[str]:
    return [one.title for one in catalogue.summaries()]


def test_the_list_is_read_once_while_nothing_changes(catalogue: Catalogue) -> None:
    assert catalogue.summaries() is catalogue.summaries()


def test_the_list_holds_what_came_since_it_was_read(catalogue: Catalogue) -> None:
    before = titles(catalogue)
    catalogue.put(row("island"), "1")

    assert (before, titles(catalogue)) == (["ferry"], ["ferry", "island"])


def test_the_list_holds_counts_that_changed_since_it_was_read(catalogue: Catalogue) -> None:
    catalogue.summaries()
    catalogue.recount("ferry", words=5, hidden=2)

    (ferry,) = catalogue.summaries()
    assert (ferry.words, ferry.hidden) == (5, 2)


def test_the_list_holds_what_another_program_changed(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.summaries()
    with closing(Catalogue(tmp_path, "seeds")) as other:
        other.put(row("island"), "1")
        other.forget(["ferry.txt"])

    assert titles(catalogue) == ["island"]


def test_a_catalogue_that_is_closed_while_a_thread_asks_it_stands(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path, "seeds")
    catalogue.put(row("ferry"), "1")

    def ask() -> None:
        catalogue.stamps("1")
        catalogue.recount("ferry", words=5, hidden=2)

    met = closed_while_asked(ask, catalogue.close)

    assert isinstance(met, ProgrammingError)
    with closing(Catalogue(tmp_path, "seeds")) as again:
        assert titles(again) == ["ferry"]
