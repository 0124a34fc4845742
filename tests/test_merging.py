from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotations.document import parse_document
from reader.annotations.merging import merge_documents
from reader.annotations.tables import comments_in, strands_of
from tests.forks import ABOUT, forks, note


def merged(base: str | None, ours: str, theirs: str) -> str:
    known = None if base is None else parse_document(base)
    return merge_documents(known, parse_document(ours), parse_document(theirs)).document.text


def clashes(base: str | None, ours: str, theirs: str) -> list[str]:
    known = None if base is None else parse_document(base)
    found = merge_documents(known, parse_document(ours), parse_document(theirs)).clashes
    return [str(clash) for clash in found]


def tables(text: str, name: str = "annotation") -> list[dict[str, object]]:
    return [dict(entry.table) for entry in parse_document(text).named(name)]


def ids(text: str) -> list[object]:
    return [table["id"] for table in tables(text)]


def test_notes_added_on_both_sides_stand_in_the_order_of_the_text():
    base = ABOUT + note("01B", start=50)
    ours = ABOUT + note("01B", start=50) + note("01C", start=90)
    theirs = ABOUT + note("01A", start=10) + note("01B", start=50) + note("01D", start=95)

    result = merged(base, ours, theirs)

    assert result == ABOUT + "".join(
        note(name, start=start) for name, start in (("01A", 10), ("01B", 50), ("01C", 90), ("01D", 95))
    )


def test_what_one_side_changed_is_taken_byte_for_byte_comments_too():
    base = ABOUT + note("01A", start=10) + note("01B", start=50)
    ours = base.replace("start = 10\n", "start = 10   # where it begins\n") + "\n# to be read again\n"
    theirs = base.replace('color = "yellow"', "color='pink' # for Anna", 2).replace("# my own", "# our own")
    theirs = theirs.replace("start = 10", "start = 10", 1)

    result = merged(base, base, theirs)

    assert result == theirs
    assert merged(base, ours, base) == ours


def test_two_keys_of_one_note_changed_apart_are_both_kept():
    base = ABOUT + note("01A", body="First thoughts.")
    ours = ABOUT + note("01A", body="Second thoughts.", minute=31)
    theirs = ABOUT + note("01A", body="First thoughts.", color="green", minute=35)

    result = merged(base, ours, theirs)

    assert result == ABOUT + note("01A", body="Second thoughts.", color="green", minute=35)
    assert clashes(base, ours, theirs) == []


def test_tags_are_merged_as_sets():
    base = ABOUT + note("01A", tags=("fog", "sea"))
    ours = ABOUT + note("01A", tags=("captain", "fog", "sea"))
    theirs = ABOUT + note("01A", tags=("fog", "harbour"))

    result = merged(base, ours, theirs)

    assert tables(result)[0]["tags"] == ["captain", "fog", "harbour"]
    assert clashes(base, ours, theirs) == []


def test_tags_that_one_side_took_out_altogether_stay_out():
    base = ABOUT + note("01A", tags=("fog",))
    ours = ABOUT + note("01A")
    theirs = ABOUT + note("01A", tags=("fog", "harbour"))

    assert tables(merged(base, ours, theirs))[0]["tags"] == ["harbour"]
    assert tables(merged(base, theirs, ours))[0]["tags"] == ["harbour"]


def test_a_comment_within_a_list_of_tags_outlives_the_merge():
    base = ABOUT + note("01A", tags=("fog", "sea"))
    ours = base.replace('    "fog",\n', '    "fog", # thick\n')
    theirs = ABOUT + note("01A", tags=("fog", "harbour", "sea"))

    result = merged(base, ours, theirs)

    assert tables(result)[0]["tags"] == ["fog", "harbour", "sea"]
    assert "# thick" in result


def test_a_note_written_differently_on_both_sides_becomes_two():
    base = ABOUT + note("01JDABCDEFGHJKMNPQRSTVWXYZ", body="Why?")
    ours = base.replace("Why?", "Why so late?")
    theirs = base.replace("Why?", "Why oranges, of all things?")

    result = merged(base, ours, theirs)

    bodies = [table["body"] for table in tables(result)]
    assert sorted(map(str, bodies)) == ["Why oranges, of all things?", "Why so late?"]
    assert len(set(ids(result))) == 2
    assert all(str(name).startswith("01JDABCDEF") and len(str(name)) == 26 for name in ids(result))
    (said,) = clashes(base, ours, theirs)
    assert said.startswith("[[annotation]] 01JDABCDEFGHJKMNPQRSTVWXYZ, body: set differently; both are kept")


def test_a_note_moved_to_two_places_becomes_two_with_a_target_each():
    base = ABOUT + note("01A", start=10)
    ours, theirs = ABOUT + note("01A", start=20), ABOUT + note("01A", start=30)

    result = merged(base, ours, theirs)

    targets = [table["target"] for table in tables(result)]
    assert {"exact": "fog 20", "prefix": "", "suffix": "", "start": 20, "end": 25} in targets
    assert {"exact": "fog 30", "prefix": "", "suffix": "", "start": 30, "end": 35} in targets


def test_a_note_deleted_on_one_side_and_left_alone_on_the_other_is_deleted():
    base = ABOUT + note("01A") + note("01B", start=50)

    assert merged(base, ABOUT + note("01B", start=50), base) == ABOUT + note("01B", start=50)
    assert merged(base, base, ABOUT + note("01A")) == ABOUT + note("01A")


def test_a_note_deleted_on_one_side_and_changed_on_the_other_is_kept_and_named():
    base = ABOUT + note("01A") + note("01B", start=50)
    ours = ABOUT + note("01B", start=50)
    theirs = ABOUT + note("01A", body="But this matters.") + note("01B", start=50)

    assert merged(base, ours, theirs) == theirs
    assert clashes(base, ours, theirs) == [
        "[[annotation]] 01A: deleted on one side, changed on the other; it is kept"
    ]


def test_two_notes_on_the_article_stand_below_each_other():
    base = ABOUT
    ours, theirs = ABOUT + 'note = "Read it twice."\n', ABOUT + 'note = "Dull."\n'

    result = merged(base, ours, theirs)

    (article,) = tables(result, "article")
    assert article["note"] == "Dull.\n\n--- and, from another copy ---\n\nRead it twice."
    assert merged(base, result, theirs) == result
    assert merged(base, theirs, result) == result
    assert len(clashes(base, ours, theirs)) == 1


def test_of_two_titles_one_stands_and_the_other_beside_it():
    ours = ABOUT.replace('"A ferry"', '"The ferry"')
    theirs = ABOUT.replace('"A ferry"', '"A ferry, late" # as printed')

    result = merged(ABOUT, ours, theirs)

    assert '# title = "A ferry, late" # as printed\ntitle = "The ferry"\n' in result
    assert merged(ABOUT, result, theirs) == result
    assert clashes(ABOUT, ours, theirs) == [
        "[article], title: set differently; one value stands, the other beside it as a comment"
    ]


def test_corrections_of_different_keys_go_together():
    base = ABOUT + '\n[article.corrections]\nauthor = "Anon."\n'
    ours = base.replace("Anon.", "A. Sailor") + 'date = "2024"\n'
    theirs = base + 'source = "The Harbour Post"\n'

    result = merged(base, ours, theirs)

    (article,) = tables(result, "article")
    assert article["corrections"] == {"author": "A. Sailor", "date": "2024", "source": "The Harbour Post"}
    assert clashes(base, ours, theirs) == []


def test_two_annotations_come_of_one_whichever_sub_table_differs():
    base = ABOUT + note("01A") + "\n[annotation.source]\npage = 1\nline = 1\n"
    ours, theirs = base.replace("page = 1", "page = 2"), base.replace("page = 1", "page = 3")

    assert said(merged(base, ours, theirs)) == said(merged(base, theirs, ours))
    assert [table["source"] for table in tables(merged(base, ours, theirs))] == [
        {"page": 3, "line": 1},
        {"page": 2, "line": 1},
    ]
    assert "01A, source.page: set differently" in clashes(base, ours, theirs)[0]


def test_a_block_is_known_by_its_target():
    block = '\n[[block]]\nchoice = "{}"\n\n[block.target]\nexact = "fog"\nstart = 3\nend = 6\n'
    base, ours = ABOUT + block.format("keep"), ABOUT + block.format("hide")
    theirs = base + block.format("keep").replace("3", "9")

    result = merged(base, ours, theirs)

    assert [table["choice"] for table in tables(result, "block")] == ["hide", "keep"]


def test_tables_that_the_program_does_not_know_are_kept_from_both_sides():
    base = ABOUT + "\n[plugin.x]\ny = 1\n"
    ours = base.replace("y = 1", "y = 1\nz = 2") + "\n[[link]]\nto = 1\n"
    theirs = base + "\n[[link]]\nto = 2 # see there\n"

    result = merged(base, ours, theirs)

    assert tables(result, "link") == [{"to": 1}, {"to": 2}]
    assert tables(result, "plugin") == [{"x": {"y": 1, "z": 2}}]
    assert "# see there" in result


def test_without_a_base_nothing_counts_as_deleted():
    ours = ABOUT + note("01A", tags=("fog",)) + note("01B", start=50)
    theirs = ABOUT + note("01A", tags=("sea",), body="Where?") + note("01C", start=70)

    result = merged(None, ours, theirs)

    assert ids(result) == ["01A", "01B", "01C"]
    assert tables(result)[0]["tags"] == ["fog", "sea"]
    assert tables(result)[0]["body"] == "Where?"
    assert clashes(None, ours, theirs) == []


def test_line_ends_that_a_program_changed_are_no_change():
    base = ABOUT + note("01A") + note("01B", start=50)
    ours = base.replace("\n", "\r\n")
    theirs = ABOUT + note("01A", body="Late.") + note("01B", start=50)

    result = merged(base, ours, theirs)

    assert [table.get("body") for table in tables(result)] == ["Late.", None]
    assert 'id = "01B"\r\n' in result
    assert clashes(base, ours, theirs) == []


def test_a_byte_order_mark_is_no_change():
    theirs = ABOUT + note("01A")

    assert merged(ABOUT, "\ufeff" + ABOUT, theirs) == "\ufeff" + theirs


def test_a_file_without_a_line_end_at_its_end_is_merged():
    base = (ABOUT + note("01A", start=50)).rstrip("\n")
    theirs = ABOUT + note("01A", start=50) + note("01B", start=70)

    assert merged(base, base + " # here", theirs).count("[[annotation]]") == 2


# Properties: versions of a file that two people changed apart.


def said(text: str) -> list[tuple[str, str]]:
    """What the annotations of a file say, in no order."""
    return sorted((str(table["id"]), str(sorted(table.items()))) for table in tables(text))


@settings(deadline=None, max_examples=50)
@given(forks())
def test_a_side_that_changed_nothing_changes_nothing(fork: tuple[str, str, str]):
    base, ours, _ = fork

    assert merged(base, ours, base) == ours
    assert merged(base, base, ours) == ours
    assert merged(base, ours, ours) == ours
    assert merged(None, ours, ours) == ours


@settings(deadline=None, max_examples=50)
@given(forks(deleting=False))
def test_no_note_is_lost(fork: tuple[str, str, str]):
    base, ours, theirs = fork

    result = merged(base, ours, theirs)

    assert {*ids(ours), *ids(theirs)} <= set(ids(result))
    before = {str(table.get("body", "")) for table in tables(base)}
    bodies = {str(table.get("body", "")) for table in (*tables(ours), *tables(theirs))}
    assert bodies - before - {""} <= {str(table.get("body", "")) for table in tables(result)}


@settings(deadline=None, max_examples=50)
@given(forks())
def test_it_does_not_matter_which_side_is_ours(fork: tuple[str, str, str]):
    base, ours, theirs = fork

    assert said(merged(base, ours, theirs)) == said(merged(base, theirs, ours))
    assert said(merged(None, ours, theirs)) == said(merged(None, theirs, ours))


@settings(deadline=None, max_examples=50)
@given(forks(), st.booleans())
def test_merging_again_changes_nothing(fork: tuple[str, str, str], known: bool):
    base, ours, theirs = fork if known else (None, *fork[1:])

    result = merged(base, ours, theirs)

    assert merged(base, result, theirs) == result
    assert merged(base, result, ours) == result
    assert said(merged(base, theirs, result)) == said(result)
    assert said(merged(base, ours, result)) == said(result)


@settings(deadline=None, max_examples=50)
@given(forks(deleting=False))
def test_no_comment_is_lost(fork: tuple[str, str, str]):
    base, ours, theirs = fork

    result = merged(base, ours, theirs)

    before = set(comments_in(base))
    assert {*comments_in(ours), *comments_in(theirs)} - before <= set(comments_in(result))


@settings(deadline=None, max_examples=50)
@given(forks())
def test_the_strands_of_an_entry_are_the_entry(fork: tuple[str, str, str]):
    for entry in parse_document(fork[0]).entries:
        strands = strands_of(entry.text, entry.table)

        assert "".join(strand.text for strand in strands) == entry.text
        assert {strand.name: strand.value for strand in strands if strand.value is not None} == entry.table
