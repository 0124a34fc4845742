import json
import os
import signal
import socket
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.adding.adder import Adding
from reader.adding.naming import file_name, page_name, slug
from reader.adding.origins import Origin, origin_file, read_origin, written
from reader.adding.report import Outcome, Report, lines_of
from reader.adding.wishes import FileWish, PageWish, TextWish, Wish, wish_of, wishes_in
from reader.config import Config, Fetch
from reader.errors import Conflict, NoSuchArticle
from reader.workspace import Workspace
from tests.builders import LEAD, SECOND, THIRD, places_in, workspace_in
from tests.commands import FERRY, run
from tests.pages import Server, answer, page, serving

NEARBY = Config(fetch=Fetch(allow_private=True, timeout=20, max_bytes=200_000))
ISLAND = f"An island in the fog\n\n{SECOND}\n\n{THIRD}\n"
WORDS = f"A ferry\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}\n"


@pytest.mark.parametrize("first", [True, False])
def test_an_import_that_goes_on_the_other_way_adds_nothing_twice(
    workspace: Workspace, outside: Path, *, first: bool
) -> None:
    workspace.adding.add([FileWish(outside / "ferry.txt")], copy=first)  # and no sync saw what came
    before = seeds(workspace)

    (entry,) = workspace.adding.add([FileWish(outside / "ferry.txt")], copy=not first).entries

    assert entry.outcome is Outcome.SAME
    assert seeds(workspace) == before


def test_what_was_copied_and_is_added_by_a_link_after_a_change_is_a_new_version(
    workspace: Workspace, outside: Path
) -> None:
    added(workspace, FileWish(outside / "ferry.txt"), copy=True)
    (outside / "ferry.txt").write_text(WORDS.replace("forty", "fifty"), encoding="utf-8")

    (entry,) = added(workspace, FileWish(outside / "ferry.txt")).entries

    assert (entry.outcome, entry.how) == (Outcome.CHANGED, "copied")
    assert seeds(workspace) == ["ferry.txt", "ferry.txt.toml", "own.txt"]


def html(*paragraphs: str) -> str:
    """Write a page of some paragraphs, a line each, whatever reads it."""
    return "<html><body>\n\n" + "\n\n".join(f"<p>{one}</p>" for one in paragraphs) + "\n\n</body></html>\n"


def plain(text: str) -> bytes:
    """Write out the answer of a server that sends a text."""
    return answer(text, "Content-Type: text/plain; charset=utf-8")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = workspace_in(tmp_path, {"own.txt": f"My own\n\n{THIRD}\n"}, NEARBY)
    yield opened
    opened.close()


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder of mixed files outside of the workspace."""
    folder = tmp_path / "texts"
    (folder / "deep").mkdir(parents=True)
    (folder / "ferry.txt").write_text(WORDS, encoding="utf-8")
    (folder / "deep" / "fog.txt").write_text(f"Fog\n\n{SECOND}\n", encoding="utf-8")
    (folder / "broken.txt").write_bytes(b"%PDF-1.4 \x00\x01")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


@pytest.fixture
def server() -> Iterator[Server]:
    story = {"/story": page(html(LEAD, SECOND, THIRD), 'ETag: "1"'), "/plain": plain(WORDS)}
    with serving(story) as running:
        yield running


def added(workspace: Workspace, *wishes: Wish, copy: bool = False, dry_run: bool = False) -> Report:
    report = workspace.adding.add(wishes, copy=copy, dry_run=dry_run)
    workspace.sync()
    return report


def seeds(workspace: Workspace) -> list[str]:
    return seeds_of(workspace.root)


def seeds_of(room: Path) -> list[str]:
    """List what stands in the seeds and can be seen."""
    folder = room / "seeds"
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    return sorted(name for name in found if not name.startswith("."))


def kept(workspace: Workspace) -> dict[str, bytes]:
    """Return what the seeds hold, byte by byte."""
    return {name: (workspace.root / "seeds" / name).read_bytes() for name in seeds(workspace)}


# Files


def test_a_file_that_is_added_is_read_where_it_stands(workspace: Workspace, outside: Path) -> None:
    report = added(workspace, FileWish(outside / "ferry.txt"))

    link = workspace.root / "seeds" / "ferry.txt"
    assert link.readlink() == outside / "ferry.txt"
    assert [one.title for one in workspace.summaries()] == ["A ferry", "My own"]
    assert report.counts["new"] == 1


def test_a_copy_stands_in_the_workspace_and_says_where_it_came_from(
    workspace: Workspace, outside: Path
) -> None:
    added(workspace, FileWish(outside / "ferry.txt"), copy=True)

    copy = workspace.root / "seeds" / "ferry.txt"
    assert not copy.is_symlink()
    assert copy.read_bytes() == (outside / "ferry.txt").read_bytes()
    origin = read_origin(copy)
    assert origin is not None
    assert origin.path == str(outside / "ferry.txt")
    assert workspace.problems() == ()


def test_a_folder_is_added_with_its_folders_and_the_report_names_what_is_not_read(
    workspace: Workspace, outside: Path
) -> None:
    report = added(workspace, FileWish(outside))

    assert seeds(workspace) == ["own.txt", "texts/deep/fog.txt", "texts/ferry.txt"]
    assert report.counts == {
        "read": 2, "new": 2, "same": 0, "changed": 0, "split": 0, "near copies": 0, "failed": 1,
        "left out": 1,
    }  # fmt: skip
    assert report.of(Outcome.FAILED)[0].what == str(outside / "broken.txt")
    assert "PDF" in report.of(Outcome.FAILED)[0].note
    assert "picture.png" in report.of(Outcome.LEFT_OUT)[0].what


@pytest.mark.parametrize("copy", [False, True])
def test_adding_twice_adds_nothing(workspace: Workspace, outside: Path, *, copy: bool) -> None:
    added(workspace, FileWish(outside), copy=copy)
    before = kept(workspace)

    again = added(workspace, FileWish(outside), copy=copy)

    assert (again.counts["new"], again.counts["same"]) == (0, 2)
    assert kept(workspace) == before


def test_what_the_library_has_under_another_name_is_not_added_again(
    workspace: Workspace, outside: Path
) -> None:
    copy = outside / "again.txt"
    copy.write_text(f"My own\n\n{THIRD}\n", encoding="utf-8")

    (entry,) = added(workspace, FileWish(copy)).entries

    assert (entry.outcome, entry.note) == (Outcome.SAME, "is there already, in seeds/own.txt")
    assert seeds(workspace) == ["own.txt"]


def test_the_same_text_twice_in_one_go_is_added_once(workspace: Workspace, outside: Path) -> None:
    (outside / "twin.txt").write_text(WORDS, encoding="utf-8")

    report = added(workspace, FileWish(outside / "ferry.txt"), FileWish(outside / "twin.txt"))

    assert (report.counts["new"], report.counts["same"]) == (1, 1)
    assert report.entries[1].note == f"the same as {report.entries[0].name}"


def test_a_link_that_leads_in_a_circle_is_told(workspace: Workspace, outside: Path) -> None:
    (outside / "there").symlink_to(outside / "back")
    (outside / "back").symlink_to(outside / "there")

    (entry,) = added(workspace, FileWish(outside / "back")).entries

    assert entry.outcome is Outcome.FAILED
    assert entry.note == "a link that leads in a circle"


def test_a_link_to_what_is_gone_is_told_as_one(workspace: Workspace, outside: Path) -> None:
    (outside / "gone.txt").symlink_to(outside / "away.txt")

    (entry,) = added(workspace, FileWish(outside / "gone.txt")).entries

    assert entry.note == "a link to what is not there"


def test_a_name_that_is_too_long_for_any_file_is_told(workspace: Workspace, outside: Path) -> None:
    (entry,) = added(workspace, FileWish(outside / ("x" * 300))).entries

    assert "too long" in entry.note


def test_a_folder_with_nothing_in_it_is_told(workspace: Workspace, outside: Path) -> None:
    (outside / "hollow.txt").mkdir()

    (entry,) = added(workspace, FileWish(outside / "hollow.txt")).entries

    assert (entry.outcome, entry.note) == (Outcome.LEFT_OUT, "a folder with nothing in it")


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("https://example.org/a\nhttps://example.org/b https://example.org/c\n", Outcome.FAILED),
        ("https://example.org/a\nThe ferry, told in short.\n", Outcome.NEW),
        ("https://example.org/a tells of the ferry.\n", Outcome.NEW),
    ],
)
def test_a_list_of_links_and_nothing_else_is_no_article(
    workspace: Workspace, outside: Path, text: str, outcome: Outcome
) -> None:
    (outside / "links.txt").write_text(text, encoding="utf-8")

    (entry,) = added(workspace, FileWish(outside / "links.txt")).entries

    assert entry.outcome is outcome
    assert ("3 links" in entry.note) is (outcome is Outcome.FAILED)


def test_a_dry_run_tells_the_same_and_changes_nothing(workspace: Workspace, outside: Path) -> None:
    dry = added(workspace, FileWish(outside), dry_run=True)

    assert seeds(workspace) == ["own.txt"]
    assert dry.entries == added(workspace, FileWish(outside)).entries


def test_a_name_that_is_taken_is_left_to_its_owner(workspace: Workspace, outside: Path) -> None:
    (outside / "own.txt").write_text(WORDS, encoding="utf-8")

    added(workspace, FileWish(outside / "own.txt"))

    assert seeds(workspace) == ["own-2.txt", "own.txt"]


def test_a_copy_that_is_added_again_after_a_change_is_a_new_version(
    workspace: Workspace, outside: Path
) -> None:
    added(workspace, FileWish(outside / "ferry.txt"), copy=True)
    (outside / "ferry.txt").write_text(WORDS.replace("forty", "fifty"), encoding="utf-8")

    (entry,) = added(workspace, FileWish(outside / "ferry.txt"), copy=True).entries

    assert entry.outcome is Outcome.CHANGED
    assert entry.note == "1 sentence changed; the old version is kept"
    assert "fifty" in (workspace.root / "seeds" / "ferry.txt").read_text(encoding="utf-8")


def test_what_is_gone_or_empty_is_told_and_leaves_nothing(workspace: Workspace, outside: Path) -> None:
    (outside / "empty.txt").write_bytes(b"\n \n")

    report = added(workspace, FileWish(outside / "nowhere.txt"), FileWish(outside / "empty.txt"))

    assert [one.outcome for one in report.entries] == [Outcome.FAILED, Outcome.FAILED]
    assert report.entries[0].note == "there is no such file"
    assert "nothing to read" in report.entries[1].note
    assert seeds(workspace) == ["own.txt"]


def test_a_text_from_a_pipe_is_kept_under_its_title(workspace: Workspace) -> None:
    added(workspace, TextWish(WORDS.encode()))

    assert seeds(workspace) == ["A-ferry.txt", "A-ferry.txt.toml", "own.txt"]
    assert workspace.problems() == ()


def test_an_import_that_is_stopped_keeps_what_it_added_and_goes_on_later(
    workspace: Workspace, outside: Path
) -> None:
    (outside / "broken.txt").unlink()
    asked: list[int] = []

    def after_one() -> bool:
        asked.append(1)
        return len(asked) > 1

    first = workspace.adding.add([FileWish(outside)], stop=after_one)
    workspace.sync()
    rest = workspace.adding.add([FileWish(outside)])

    assert first.stopped
    assert (first.counts["new"], rest.counts["new"], rest.counts["same"]) == (1, 1, 1)


def test_a_near_copy_is_added_and_told(workspace: Workspace, outside: Path) -> None:
    added(workspace, FileWish(outside / "ferry.txt"))
    edited = WORDS.replace("forty", "fifty").replace(THIRD, f"{THIRD} Nobody waited there.")
    (outside / "again.txt").write_text(edited, encoding="utf-8")
    (outside / "other.txt").write_text(
        f"A ferry\n\n{'Another story with other words altogether. ' * 9}\n", "utf-8"
    )

    near, other = added(workspace, FileWish(outside / "again.txt"), FileWish(outside / "other.txt")).entries

    assert (near.outcome, near.near) == (Outcome.NEW, ("A ferry",))
    assert other.near == ()


def test_near_copies_in_one_go_are_told_whatever_their_titles(workspace: Workspace, outside: Path) -> None:
    (outside / "twin.txt").write_text(
        WORDS.replace("A ferry", "A quite different headline"), encoding="utf-8"
    )

    report = added(workspace, FileWish(outside / "ferry.txt"), FileWish(outside / "twin.txt"))

    assert report.entries[1].near == ("A ferry",)
    assert report.counts["near copies"] == 1


def test_of_many_near_copies_some_are_named(workspace: Workspace, outside: Path) -> None:
    for number in range(4):
        (outside / f"twin{number}.txt").write_text(WORDS.replace("A ferry", f"Boat {number}"), "utf-8")

    report = added(workspace, *(FileWish(outside / f"twin{number}.txt") for number in range(4)))

    (*_, last) = lines_of(report.entries)
    assert last == "new      twin3.txt  Boat 3 · a near copy of “Boat 0”, “Boat 1” and 1 more"
    assert report.counts["near copies"] == 3


# Undoing


def test_adding_is_undone_as_one_and_done_again(workspace: Workspace, outside: Path) -> None:
    added(workspace, FileWish(outside), copy=True)
    before = kept(workspace)

    told = workspace.notebook.undo()
    undone = seeds(workspace)
    workspace.notebook.redo()

    assert told == "added 2 files"
    assert undone == ["own.txt"]
    assert kept(workspace) == before


def test_what_is_removed_is_kept_with_its_notes_and_comes_back(workspace: Workspace, outside: Path) -> None:
    added(workspace, FileWish(outside / "ferry.txt"))
    ferry = workspace.find("A ferry")
    workspace.notebook.star(ferry.id, starred=True)

    workspace.adding.remove(ferry)
    workspace.sync()
    gone = [one.title for one in workspace.summaries()]
    workspace.notebook.undo()
    workspace.sync()

    assert gone == ["My own"]
    assert (outside / "ferry.txt").exists()
    assert workspace.find("A ferry").id in workspace.notebook.starred()


def test_what_was_removed_long_ago_is_restored_by_its_name(workspace: Workspace) -> None:
    before = kept(workspace)
    workspace.adding.remove(workspace.find("My own"))
    removed = workspace.adding.store.removed()

    workspace.adding.restore("own.txt")

    assert [name for name, _ in removed] == ["own.txt"]
    assert kept(workspace) == before
    with pytest.raises(NoSuchArticle, match="nothing called"):
        workspace.adding.restore("own.txt")


def test_a_link_that_leads_nowhere_any_more_can_still_be_undone(workspace: Workspace, outside: Path) -> None:
    added(workspace, FileWish(outside / "ferry.txt"))
    (outside / "ferry.txt").unlink()

    workspace.notebook.undo()

    assert seeds(workspace) == ["own.txt"]


def test_undo_leaves_a_file_alone_that_was_changed_since(workspace: Workspace, outside: Path) -> None:
    added(workspace, FileWish(outside / "ferry.txt"), copy=True)
    copy = workspace.root / "seeds" / "ferry.txt"
    copy.write_text("Mine now", encoding="utf-8")

    with pytest.raises(Conflict, match="changed again elsewhere"):
        workspace.notebook.undo()

    assert copy.read_text(encoding="utf-8") == "Mine now"


def test_it_is_known_which_files_the_program_put_there(workspace: Workspace, outside: Path) -> None:
    added(workspace, FileWish(outside / "ferry.txt"))

    assert workspace.adding.is_added(workspace.find("A ferry"))
    assert not workspace.adding.is_added(workspace.find("My own"))


def test_a_file_in_a_folder_that_is_linked_is_not_removed(workspace: Workspace, outside: Path) -> None:
    (workspace.root / "seeds" / "linked").symlink_to(outside / "deep")
    workspace.sync()
    (article,) = (one for one in workspace.summaries() if one.path == "seeds/linked/fog.txt")

    with pytest.raises(Conflict, match="stands outside"):
        workspace.adding.remove(article)

    assert (outside / "deep" / "fog.txt").exists()


def test_an_article_that_is_read_in_place_is_not_removed(tmp_path: Path, outside: Path) -> None:
    opened = workspace_in(tmp_path / "here")
    opened.close()
    in_place = Workspace(opened.root, places_in(tmp_path), Config(), (outside / "ferry.txt",))
    in_place.sync()

    with pytest.raises(Conflict, match="stands outside"):
        in_place.adding.remove(in_place.find("A ferry"))

    in_place.close()


# Pages


def test_a_page_whose_version_has_a_name_that_no_header_holds_is_fetched_again(
    workspace: Workspace, server: Server
) -> None:
    server.answers["/odd"] = page(html(LEAD, SECOND, THIRD), 'ETag: "caf\xe9"')
    added(workspace, PageWish(server.url("/odd")))

    (entry,) = added(workspace, PageWish(server.url("/odd"))).entries

    assert entry.outcome is Outcome.SAME
    assert "If-None-Match" not in server.requests[-1]


def test_a_page_is_kept_as_it_came_with_what_is_known_of_it(workspace: Workspace, server: Server) -> None:
    (entry,) = added(workspace, PageWish(server.url("/story"))).entries

    path = workspace.root / "seeds" / "127.0.0.1" / "story.html"
    assert (entry.outcome, entry.name) == (Outcome.NEW, "127.0.0.1/story.html")
    assert path.read_text(encoding="utf-8") == html(LEAD, SECOND, THIRD)
    table = tomllib.loads(origin_file(path).read_text(encoding="utf-8"))
    assert (table["url"], table["status"], table["etag"]) == (server.url("/story"), 200, '"1"')
    assert table["content_type"] == "text/html; charset=utf-8"


def test_a_page_is_read_in_the_charset_that_its_server_named(workspace: Workspace, server: Server) -> None:
    words = html(f"{LEAD} Λιμάνι.", SECOND, THIRD).encode("cp1253")
    server.answers["/story"] = answer(words, "Content-Type: text/html; charset=windows-1253")

    added(workspace, PageWish(server.url("/story")))

    summary = workspace.find("A ferry")
    assert "Λιμάνι." in workspace.desk.open(summary.id).article.text
    assert "Λιμάνι." in workspace.desk.raw(summary.id)
    assert summary.encoding == ""  # it was no guess


def test_a_page_that_is_as_it_was_is_not_stored_again(workspace: Workspace, server: Server) -> None:
    added(workspace, PageWish(server.url("/story")))
    before = kept(workspace)

    (entry,) = added(workspace, PageWish(server.url("/story#part"))).entries

    assert entry.outcome is Outcome.SAME
    assert 'If-None-Match: "1"' in server.requests[-1]
    assert kept(workspace) == before


def test_the_server_may_say_that_a_page_is_as_it_was(workspace: Workspace, server: Server) -> None:
    added(workspace, PageWish(server.url("/story")))
    server.answers["/story"] = answer(b"", status="304 Not Modified")

    (entry,) = added(workspace, PageWish(server.url("/story"))).entries

    assert (entry.outcome, entry.note) == (Outcome.SAME, "is as it was")


def test_a_page_that_changed_counts_as_changed_and_not_as_new(workspace: Workspace, server: Server) -> None:
    added(workspace, PageWish(server.url("/story")))
    server.answers["/story"] = page(html(LEAD.replace("forty", "fifty"), SECOND, THIRD))

    counts = added(workspace, PageWish(server.url("/story"))).counts

    assert (counts["changed"], counts["new"], counts["same"]) == (1, 0, 0)


def test_a_password_in_an_address_is_not_told(workspace: Workspace) -> None:
    (entry,) = added(workspace, PageWish("https://ada:s3cret@word@example.org/story")).entries

    assert entry.what == "https://example.org/story"
    assert entry.note == "an address with a name or password is not fetched"


def test_a_page_that_changed_is_a_new_version_and_the_old_one_is_kept(
    workspace: Workspace, server: Server
) -> None:
    added(workspace, PageWish(server.url("/story")))
    server.answers["/story"] = page(html(LEAD.replace("forty", "fifty"), SECOND, THIRD))

    (entry,) = added(workspace, PageWish(server.url("/story"))).entries

    assert entry.outcome is Outcome.CHANGED
    path = workspace.root / "seeds" / "127.0.0.1" / "story.html"
    assert "fifty" in path.read_text(encoding="utf-8")
    (version,) = workspace.adding.store.versions("127.0.0.1/story.html")
    assert "forty" in version.read_text(encoding="utf-8")
    origin = read_origin(version)
    assert origin is not None
    assert origin.etag == '"1"'


def test_notes_on_a_page_stay_on_their_words_when_it_changed(workspace: Workspace, server: Server) -> None:
    added(workspace, PageWish(server.url("/plain")))
    before = workspace.find("A ferry")
    article = workspace.desk.open(before.id).article
    start = article.text.index(SECOND)
    workspace.notebook.annotate(article, (start, start + len(SECOND)), body="Why?")
    server.answers["/plain"] = plain(WORDS.replace(LEAD, f"A new first paragraph, quite short.\n\n{LEAD}"))

    added(workspace, PageWish(server.url("/plain")))

    after = workspace.find("A ferry")
    (placed,) = workspace.notebook.all()
    text = workspace.desk.open(after.id).article.text
    assert after.id != before.id
    assert (placed.article_id, text[placed.start : placed.end]) == (after.id, SECOND)


@pytest.mark.parametrize(
    "bad",
    [
        answer("gone", status="404 Not Found"),
        answer("oops", status="500 Internal Server Error"),
        page("<html><form><input type=password></form>Sign in"),
        page(html("Subscribe to read on.")),
        page("<html></html>"),
        page(html(LEAD, SECOND, THIRD))[:-30],
        b"",
    ],
    ids=["404", "500", "login", "stub", "empty", "cut", "nothing"],
)
def test_a_good_copy_outlives_a_fetch_that_fails(workspace: Workspace, server: Server, bad: bytes) -> None:
    added(workspace, PageWish(server.url("/story")))
    before = kept(workspace)
    server.answers["/story"] = bad

    (entry,) = added(workspace, PageWish(server.url("/story"))).entries

    assert entry.outcome is Outcome.FAILED
    assert entry.note.endswith("story.html stays as it is")
    assert kept(workspace) == before


def test_a_change_of_a_page_is_undone_and_done_again(workspace: Workspace, server: Server) -> None:
    added(workspace, PageWish(server.url("/story")))
    first = kept(workspace)
    server.answers["/story"] = page(html(LEAD.replace("forty", "fifty"), SECOND, THIRD))
    added(workspace, PageWish(server.url("/story")))
    second = kept(workspace)

    workspace.notebook.undo()
    undone = kept(workspace)
    workspace.notebook.redo()

    assert undone == first
    assert kept(workspace) == second


def test_two_addresses_that_lead_to_one_page_are_one_page(workspace: Workspace, server: Server) -> None:
    server.answers["/short"] = answer(b"", "Location: /story", status="301 Moved Permanently")
    added(workspace, PageWish(server.url("/short")))

    (entry,) = added(workspace, PageWish(server.url("/story"))).entries

    assert entry.outcome is Outcome.SAME
    assert seeds(workspace) == ["127.0.0.1/story.html", "127.0.0.1/story.html.toml", "own.txt"]


def test_nothing_is_fetched_unless_a_page_is_asked_for(workspace: Workspace, server: Server) -> None:
    text = f"A story\n\n{LEAD}\n\nMore at {server.url('/story')}\n"

    added(workspace, TextWish(text.encode()))
    workspace.desk.open(workspace.summaries()[0].id)

    assert server.requests == []


# What is named, pasted and dropped


def test_a_word_is_an_address_or_a_path(tmp_path: Path) -> None:
    assert wish_of("https://example.org/a", tmp_path) == PageWish("https://example.org/a")
    assert wish_of("a.txt", tmp_path) == FileWish(tmp_path / "a.txt")
    assert wish_of("/b/../c.txt", tmp_path) == FileWish(Path("/c.txt"))
    assert wish_of("file:///tmp/a%20b.txt", tmp_path) == FileWish(Path("/tmp/a b.txt"))  # noqa: S108
    assert wish_of("gopher://old/", tmp_path) == PageWish("gopher://old/")


@pytest.mark.parametrize("form", ["{}", "'{}'", '"{}"', "{}\n", " {} ", "escaped", "file"])
def test_a_path_is_known_in_each_form_that_terminals_paste(tmp_path: Path, form: str) -> None:
    path = tmp_path / "a story (1).txt"
    path.write_text(WORDS, encoding="utf-8")
    plain = str(path)
    pasted = {
        "escaped": plain.replace(" ", "\\ ").replace("(", "\\(").replace(")", "\\)"),
        "file": path.as_uri(),
    }.get(form, form.format(plain))

    assert wishes_in(pasted, tmp_path) == (FileWish(path),)


def test_several_paths_and_addresses_may_be_pasted_at_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b c.txt"):
        (tmp_path / name).write_text(WORDS, encoding="utf-8")
    paths = (FileWish(tmp_path / "a.txt"), FileWish(tmp_path / "b c.txt"))

    assert wishes_in(f"{tmp_path}/a.txt '{tmp_path}/b c.txt'", tmp_path) == paths
    assert wishes_in(f"{tmp_path}/a.txt\n{tmp_path}/b c.txt\n", tmp_path) == paths
    assert wishes_in("https://a.example/ http://b.example/x", tmp_path) == (
        PageWish("https://a.example/"),
        PageWish("http://b.example/x"),
    )


def test_prose_is_a_text_and_a_slip_is_nothing(tmp_path: Path) -> None:
    prose = f"{LEAD}\n\nSee https://example.org/ for more; it's \"quoted."

    assert wishes_in(prose, tmp_path) == (TextWish(f"{prose}\n".encode()),)
    assert wishes_in("oops", tmp_path) == ()
    assert wishes_in("/no/such/file.txt", tmp_path) == ()
    assert wishes_in("", tmp_path) == ()


@given(st.text())
def test_whatever_is_pasted_is_read_without_an_error(text: str) -> None:
    wishes_in(text, Path("/nowhere"))


@given(st.text(), st.text(max_size=100), st.text(max_size=100))
def test_a_name_is_never_a_way_out(host: str, path: str, name: str) -> None:
    for made in (page_name(host, path, ".html"), file_name((name or "x",))):
        parts = made.split("/")

        assert all(part not in {"", ".", ".."} and not part.startswith(".") for part in parts)
        assert "\0" not in made


def test_names_can_be_read() -> None:
    assert page_name("example.org", "/2026/11/the-ferry.html?page=2", ".html") == "example.org/the-ferry.html"
    assert page_name("example.org", "/", ".html") == "example.org/index.html"
    assert slug("Паром, который опоздал!", "x") == "Паром-который-опоздал"
    assert file_name(("notes", "log")) == "notes/log"
    assert file_name(("app.log",)) == "app.log.txt"


@given(st.builds(Origin, url=st.text(), path=st.text(), etag=st.text(), status=st.integers(0, 999)))
def test_an_origin_is_read_as_it_was_written(origin: Origin) -> None:
    shown = origin.path.encode("utf-8", "replace").decode()
    table = tomllib.loads(written(origin).decode())

    assert table.get("status", 0) == origin.status
    assert table.get("path", "") == shown


# The command line


def test_the_commands_add_show_remove_and_restore(room: Path, tmp_path: Path) -> None:
    text = tmp_path / "fog.txt"
    text.write_text(ISLAND, encoding="utf-8")

    first = run("add", str(text), "--json")
    again = run("add", str(text))
    asked = run("remove", "An island")
    removed = run("list", "An island")
    back = run("restore", "fog.txt")

    assert json.loads(first.stdout)["added"][0]["outcome"] == "new"
    assert "read 1, new 1, same 0, split 0, near copies 0, failed 0" in first.stderr
    assert "new 0, same 1" in again.stderr
    assert asked.exit_code == 0
    assert removed.exit_code == 1
    assert back.exit_code == 0
    assert run("list", "An island").exit_code == 0


def test_a_file_of_the_reader_is_not_removed_without_being_asked(room: Path) -> None:
    refused = run("remove", "1")
    forced = run("remove", "1", "--yes")

    assert refused.exit_code == 2
    assert "was put there by you" in refused.stderr
    assert forced.exit_code == 0
    assert not (room / "seeds" / "ferry.txt").exists()
    assert run("undo").exit_code == 0
    assert (room / "seeds" / "ferry.txt").read_text(encoding="utf-8") == FERRY


def test_what_comes_through_a_pipe_is_added(room: Path) -> None:
    result = run("add", "-", given=ISLAND.encode())

    assert result.exit_code == 0
    assert (room / "seeds" / "An-island-in-the-fog.txt").exists()


def test_what_cannot_be_added_gives_its_reason_and_status(room: Path) -> None:
    missing = run("add", "nowhere.txt")
    closed = run("add", "http://127.0.0.1:9/")

    assert (missing.exit_code, closed.exit_code) == (5, 8)
    assert "there is no such file" in missing.stdout
    assert "this machine or its own network" in closed.stdout


def test_ctrl_c_ends_an_import_and_tells_what_was_added_by_then(
    room: Path, tmp_path: Path, server: Server
) -> None:
    def press_and_wait(connection: socket.socket) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        connection.recv(1)

    settings = tmp_path / "xdg_config_home" / "reader" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("[fetch]\nallow_private = true\n", encoding="utf-8")
    server.answers["/slow"] = press_and_wait
    before = signal.getsignal(signal.SIGINT)

    result = run("add", *(server.url(path) for path in ("/story", "/slow", "/plain")))

    assert result.exit_code == 1
    assert result.stdout.splitlines()[0].startswith("new ")
    assert result.stdout.splitlines()[1].endswith("given up, as asked")
    assert "stopped; what was added stays" in result.stderr
    assert seeds_of(room) == ["127.0.0.1/story.html", "127.0.0.1/story.html.toml", "ferry.txt"]
    assert signal.getsignal(signal.SIGINT) is before


def test_the_difference_of_two_versions_is_printed(room: Path, tmp_path: Path) -> None:
    text = tmp_path / "fog.txt"
    text.write_text(ISLAND, encoding="utf-8")
    run("add", "--copy", str(text))
    text.write_text(f"{ISLAND}\n{LEAD}\n", encoding="utf-8")
    run("add", "--copy", str(text))

    result = run("diff", "An island")

    assert result.stdout == f"… 3 sentences in common …\n\n+ {LEAD}\n"
    assert json.loads(run("diff", "An island", "--json").stdout)["differences"][0]["after"] == LEAD


def test_adding_is_what_the_workspace_offers(workspace: Workspace) -> None:
    assert isinstance(workspace.adding, Adding)
