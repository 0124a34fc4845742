import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations import new_id
from reader.annotations.document import Document, Unusual, parse_document, salvage
from reader.annotations.editing import Absent, added, changed, entries_with, put_back, said
from reader.annotations.records import annotation_entries, annotation_of, record_of, time_of
from reader.annotations.statements import statements
from reader.annotations.writing import new_document
from reader.passages import Annotation, Choice, Color
from tests.notes import annotation_at, annotations, texts

NEW = new_document("a-ferry-00000000", "A ferry", "seeds/ferry.txt")
ONE = annotation_at(10)
TWO = annotation_at(200, body="one line\nand another", tags=("fog", "war/air-defence"))
THREE = annotation_at(300, body="last")
LATER = "2026-11-22T08:00:00Z"

TAGS_BY_HAND = """\
tags = [ # for later
    "fog", # thick
    'sea',
]"""
BY_HAND = f"""\
# my own notes on the ferry

version = 1

# why I read it
[article]
id = "a-ferry-00000000" # do not touch
title = 'A ferry'
mood   =   "sunny"   # a remark

# the fog
[[annotation]]
id = "one" # its name
color = "green"
{TAGS_BY_HAND}
body = '''
two
lines''' # and a word on them
target.exact = "fog"
target.start = 10
target.end = 13
# at the end of it

# the light
[[annotation]] # dark
  id = "two"
  stars = [
    [1, 2],
    "[[annotation]]",
  ]
  target = {{ exact = "dark", start = 99, end = 103 }} # on one line

[[block]]
choice = "hide"
[block.target]
exact = "oranges"
start = 50
end = 57

[mine.deep]
k = 1979-05-27 07:32:00 # my birthday
"""

SPLICES = (
    "# a\n",
    "\n# a\n\n# b\n",
    "\n",
    "[[annotation]]\n",
    'body = """\n',
    '"""\n',
    "[article]\n",
    "x = [\n",
)


def annotations_in(document: Document) -> tuple[Annotation, ...]:
    return record_of(document, Path("notes.toml"))[0].annotations


def entry_of(document: Document, identity: str):
    return entries_with(document, (identity,))[0]


def test_a_new_annotation_is_written_one_key_a_line():
    document = added(NEW, TWO)

    assert document.text == (
        'version = 1\n\n[article]\nid = "a-ferry-00000000"\ntitle = "A ferry"\npath = "seeds/ferry.txt"\n\n'
        '[[annotation]]\nid = "01JD0000000000000000000200"\ncreated = 2026-11-21T12:00:00Z\n'
        'updated = 2026-11-21T12:00:00Z\ncolor = "green"\ntags = [\n    "fog",\n    "war/air-defence",\n]\n'
        'body = """\none line\nand another"""\n\n'
        '[annotation.target]\nexact = "fog"\nprefix = "thicker "\nsuffix = " than"\nstart = 200\nend = 203\n'
    )


def test_annotations_stand_in_the_order_of_their_passages():
    document = added(added(added(NEW, TWO), THREE), ONE)

    starts = [entry.table["target"]["start"] for entry in document.named("annotation")]  # type: ignore[index]  # as written
    assert starts == [10, 200, 300]


def test_adding_leaves_every_other_byte_as_it_was():
    before = added(added(NEW, ONE), THREE).text
    place = before.rindex("[[annotation]]")

    after = added(parse_document(before), TWO).text

    assert after.startswith(before[:place])
    assert after.endswith(before[place:])
    assert tomllib.loads(after[place : len(after) - len(before) + place])["annotation"][0]["id"] == TWO.id


def test_an_annotation_that_is_there_already_is_not_added_again():
    document = added(NEW, ONE)

    assert added(document, replace(ONE, body="other")) is document


def test_a_file_by_hand_is_read_as_it_is_meant():
    record, problems = record_of(parse_document(BY_HAND), Path("notes.toml"))

    assert problems == ()
    assert [one.id for one in record.annotations] == ["one", "two"]
    assert record.annotations[0].tags == ("fog", "sea")
    assert record.annotations[0].body == "two\nlines"
    assert record.annotations[1].color is Color.YELLOW
    assert [made.choice for made in record.choices] == [Choice.HIDE]


@pytest.mark.parametrize(
    ("identity", "key", "value", "old", "new"),
    [
        ("one", "color", "pink", 'color = "green"\n', 'color = "pink"\n'),
        ("one", "id", "three", 'id = "one" # its name', 'id = "three" # its name'),
        ("one", "target.start", 11, "target.start = 10\n", "target.start = 11\n"),
        ("one", "target.prefix", "a", "end = 13\n", 'end = 13\ntarget.prefix = "a"\n'),
        ("one", "body", "one", "body = '''\ntwo\nlines''' # and", 'body = "one" # and'),
        ("one", "body", None, "body = '''\ntwo\nlines''' # and", "# and"),
        ("two", "target.start", 98, '"dark", start = 99', '"dark", start = 98'),
        ("two", "color", "blue", "} # on one line\n", '} # on one line\n  color = "blue"\n'),
        ("one", "tags", ["a"], f"{TAGS_BY_HAND}\n", '# for later\n# thick\ntags = [\n    "a",\n]\n'),
        ("one", "tags", None, f"{TAGS_BY_HAND}\n", "# for later\n# thick\n"),
    ],
)
def test_one_key_is_set_and_no_other_byte(identity: str, key: str, value: str | None, old: str, new: str):
    document = parse_document(BY_HAND)

    text = document.setting(entry_of(document, identity), key, value).text

    assert text == BY_HAND.replace(old, new)
    assert text != BY_HAND


def test_a_sub_table_is_made_when_its_first_key_is_set_and_goes_with_its_last():
    document = said(NEW, "corrections", {"title": "The ferry", "date": "2026-11-21"})

    assert document.text.endswith('\n[article.corrections]\ntitle = "The ferry"\ndate = "2026-11-21"\n')
    assert said(document, "corrections", {"date": "2026"}).text.endswith('corrections]\ndate = "2026"\n')
    assert said(document, "corrections", {}).text.strip() == NEW.text.strip()


def test_what_is_said_of_the_article_stands_in_its_table():
    document = said(said(said(NEW, "starred", value=True), "tags", ["#sea", "fog "]), "note", "one\ntwo")

    assert tomllib.loads(document.text)["article"] == {
        "id": "a-ferry-00000000",
        "title": "A ferry",
        "path": "seeds/ferry.txt",
        "starred": True,
        "tags": ["fog", "sea"],
        "note": "one\ntwo",
    }


def test_lines_end_as_those_of_the_file_do():
    text = BY_HAND.replace("\n", "\r\n")

    after = added(parse_document(text), TWO).text

    assert "\n" not in after.replace("\r\n", "")
    assert annotations_in(parse_document(after))[-1] == TWO


def test_a_byte_order_mark_stays_where_it_is():
    for text in ("\ufeff" + BY_HAND, '\ufeff[article]\nid = "a"\n'):
        after = added(parse_document(text), TWO).text

        assert after.startswith(text[:12])
        assert TWO in annotations_in(parse_document(after))


def test_a_last_line_without_an_end_gets_one():
    after = added(parse_document('[article]\nid = "a"'), TWO).text

    assert after.startswith('[article]\nid = "a"\n\n[[annotation]]\n')


def test_comments_above_a_header_belong_to_its_entry():
    document = parse_document(BY_HAND)

    after = document.without(entry_of(document, "one")).text

    assert "# the fog" not in after
    assert "# why I read it" in after
    assert "# the light\n[[annotation]] # dark" in after


def test_an_entry_is_put_back_where_it_stood_byte_for_byte():
    document = parse_document(BY_HAND)
    for identity in ("one", "two"):
        entry = entry_of(document, identity)

        again = put_back(document.without(entry), entry)

        assert again.text == BY_HAND
        assert put_back(again, entry) is again


@pytest.mark.parametrize("doomed", ["first", "last"])
def test_an_entry_that_is_added_and_taken_out_again_leaves_no_trace(doomed: str):
    document = added(NEW, TWO)
    new = ONE if doomed == "first" else THREE

    after = added(document, new)

    assert after.without(entry_of(after, new.id)).text == document.text


def test_a_line_separator_in_a_comment_begins_no_line():
    text = "version = 1 # a\u2028[[block]]\n"

    assert [entry.name for entry in parse_document(text).entries] == [""]


def test_a_line_in_a_string_that_looks_like_a_header_is_none():
    text = 'a = """\n[block]\n"""\n\n[[block]]\nwords = """\n[[block]]\n"""\n'

    document = parse_document(text)

    assert [entry.name for entry in document.entries] == ["", "block"]
    assert document.text == text


@pytest.mark.parametrize(
    "text",
    ["annotation = 3\n", "[annotation]\nid = 3\n", "annotation.a = 3\n", "[annotation.target]\na = 3\n"],
)
def test_nothing_is_added_to_a_file_that_uses_our_name_otherwise(text: str):
    with pytest.raises(Unusual):
        added(parse_document(text), ONE)


@pytest.mark.parametrize(
    "text", ["a = 1\n[a]\nb = 1\n", "[a]\nb = 1\n[c]\n[a]\n", "[[a]]\n[b]\n[a]\n", "[a.b]\n[c]\n[[a]]\n"]
)
def test_entries_that_are_valid_alone_and_not_together_make_no_file(text: str):
    with pytest.raises(tomllib.TOMLDecodeError):
        parse_document(text)


def test_of_a_damaged_file_the_good_entries_are_read():
    text = added(added(added(NEW, ONE), TWO), THREE).text.replace('tags = [\n    "fog"', 'tags = [\n    "fog')

    document, line = salvage(text)

    assert [one.id for one in annotations_in(document)] == [ONE.id, THREE.id]
    assert text.split("\n")[line - 1] == "[[annotation]]"


def test_a_quote_that_is_never_closed_swallows_its_entry_alone():
    text = added(added(added(NEW, ONE), TWO), replace(THREE, body="a\nb")).text.replace(
        'another"""', "another"
    )

    assert [one.id for one in annotations_in(salvage(text)[0])] == [ONE.id, THREE.id]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime(2026, 11, 21, 12, 30, 5, 999, tzinfo=UTC), "2026-11-21T12:30:05Z"),
        (tomllib.loads("t = 2026-11-21T12:30:00+02:00")["t"], "2026-11-21T10:30:00Z"),
        (tomllib.loads("t = 2026-11-21 12:30:00")["t"], "2026-11-21T12:30:00Z"),
        (tomllib.loads("t = 2026-11-21")["t"], "2026-11-21T00:00:00Z"),
        (tomllib.loads("t = 0001-01-01T00:00:00+14:00")["t"], ""),
        (tomllib.loads("t = 9999-12-31T23:59:59-14:00")["t"], ""),
        (tomllib.loads("t = 12:30:00")["t"], ""),
        ("2026-11-21T12:30:00Z", "2026-11-21T12:30:00Z"),
        ("yesterday", ""),
        (12, ""),
        (None, ""),
    ],
)
def test_times_are_read_as_utc(value: object, expected: str):
    assert time_of(value) == expected


def test_an_id_tells_the_order_of_time_and_is_a_ulid():
    early = new_id(datetime(2026, 11, 21, tzinfo=UTC), lambda count: b"\xff" * count)
    late = new_id(datetime(2026, 11, 21, 0, 0, 1, tzinfo=UTC), lambda count: b"\0" * count)

    assert early < late
    example = datetime.fromtimestamp(1469918176, UTC).replace(microsecond=385000)  # of the specification
    assert new_id(example, bytes) == "01ARYZ6S410000000000000000"


# Three versions of one annotation


def test_each_side_changes_its_own_fields():
    theirs = added(NEW, replace(TWO, body="theirs", tags=("fog", "sea"), updated=LATER))
    mine = replace(TWO, color=Color.PINK, tags=("mine", "war/air-defence"))

    document, second = changed(theirs, TWO, mine, LATER, "SECOND")

    assert second is None
    assert annotations_in(document) == (
        replace(TWO, color=Color.PINK, body="theirs", tags=("mine", "sea"), updated=LATER),
    )


def test_what_both_changed_differently_is_kept_twice():
    theirs = added(NEW, replace(TWO, body="theirs"))
    mine = replace(TWO, body="mine")

    document, second = changed(theirs, TWO, mine, LATER, "SECOND")

    assert second == replace(mine, id="SECOND", updated=LATER)
    assert annotations_in(document) == (replace(TWO, body="theirs"), second)


def test_what_both_changed_alike_is_no_conflict():
    theirs = added(NEW, replace(TWO, body="same"))

    document, second = changed(theirs, TWO, replace(TWO, body="same"), LATER, "SECOND")

    assert second is None
    assert document is theirs


def test_a_change_that_is_taken_back_leaves_the_file_as_it_was():
    before = added(added(NEW, TWO), ONE)
    mine = replace(TWO, color=Color.PINK, target=replace(TWO.target, end=210), tags=("fog",), updated=LATER)

    there, _ = changed(before, TWO, mine, LATER, "SECOND")
    back, _ = changed(there, mine, TWO, LATER, "SECOND")

    assert annotations_in(there) == (ONE, mine)
    assert back.text == before.text


def test_an_annotation_that_is_gone_is_not_changed():
    with pytest.raises(Absent):
        changed(NEW, ONE, ONE, LATER, "SECOND")


def test_tags_of_an_unknown_form_are_not_replaced():
    document = parse_document(added(NEW, ONE).text.replace('color = "green"', 'tags = "fog"'))

    with pytest.raises(Unusual):
        changed(document, replace(ONE, tags=()), replace(ONE, tags=("sea",)), LATER, "SECOND")


# Properties


@given(annotations())
def test_every_annotation_is_read_back_as_it_was_written(annotation: Annotation):
    assert annotations_in(parse_document(added(NEW, annotation).text)) == (annotation,)


@given(annotations(), annotations())
def test_every_change_is_read_back_and_touches_its_entry_alone(old: Annotation, new: Annotation):
    new = replace(new, id="one", created=old.created, updated=new.updated or LATER)
    old = replace(old, id="one")
    document = added(parse_document(BY_HAND.replace('id = "one"', 'id = "three"')), old)
    entry = entry_of(document, "one")
    at = document.text.index(entry.text)

    after, _ = changed(document, old, new, LATER, "SECOND")

    assert replace(new, updated="") in [replace(one, updated="") for one in annotations_in(after)]
    assert (after is document) == (replace(old, updated=new.updated) == new)
    assert after.text.startswith(document.text[:at])
    assert after.text.endswith(document.text[at + len(entry.text) :])


@given(
    st.lists(
        annotations(), min_size=2, max_size=5, unique_by=(lambda one: one.id, lambda one: one.target.start)
    ),
    st.data(),
)
def test_comments_anywhere_survive_what_happens_to_other_entries(made: list[Annotation], data: st.DataObject):
    document = NEW
    for one in made:
        document = added(document, one)
    lines = data.draw(st.permutations(range(len(list(statements(document.text))))))[:8]
    text = "".join(
        f"{statement}# comment {at}\n\n" if at in lines else statement
        for at, statement in enumerate(statements(document.text))
    )
    document = parse_document(text)
    victim = entry_of(document, made[0].id)
    others = [f"# comment {at}\n" for at in lines if f"# comment {at}\n" not in victim.text]

    without = document.without(victim)
    again = put_back(without, victim)
    more = added(again, annotation_at(5))

    assert all(comment in without.text for comment in others)
    assert again.text == text
    assert all(f"# comment {at}\n" in more.text for at in lines)
    assert set(annotations_in(again)) == set(made)


@given(texts() | texts().map(lambda text: f"{BY_HAND}{text}\n{BY_HAND}"))
def test_what_is_cut_is_all_there_whatever_the_text(text: str):
    document, _ = salvage(text)

    assert "".join(statements(text)) == text
    assert all(entry.text in text for entry in document.entries)


@given(st.lists(st.integers(0, len(BY_HAND)), min_size=2, max_size=2), texts() | st.sampled_from(SPLICES))
def test_a_file_is_read_alike_whether_it_was_known_before_or_not(places: list[int], splice: str):
    start, end = sorted(places)
    text = BY_HAND[:start] + splice + BY_HAND[end:]

    try:
        document = parse_document(text)
    except ValueError as error:
        with pytest.raises(type(error)):
            parse_document(text, known=parse_document(BY_HAND))
    else:
        assert parse_document(text, known=parse_document(BY_HAND)) == document
        assert document.text == text


@given(annotations())
def test_an_id_that_stands_twice_is_told_apart_and_never_lost(annotation: Annotation):
    document = added(NEW, annotation)
    document = parse_document(document.text + "\n" + document.named("annotation")[0].text)

    found = [(identity, annotation_of(entry, identity)) for identity, entry in annotation_entries(document)]

    second = f"{annotation.id}~2"
    assert found == [(annotation.id, annotation), (second, replace(annotation, id=second))]
    after, _ = changed(document, found[1][1], replace(found[1][1], body="mine"), LATER, "SECOND")
    assert [one.body for one in annotations_in(after)] == [annotation.body, "mine"]


def test_a_change_that_would_touch_another_entry_is_refused():
    document = parse_document(BY_HAND)

    with pytest.raises(Unusual, match="would change that was not meant to"):
        document.adding("article.more", {"of": "it"}, many=False)
