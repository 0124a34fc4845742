"""Versions of a file of notes that two people changed apart, for the tests of merging."""

from dataclasses import dataclass, replace

import tomli_w
from hypothesis import strategies as st

ABOUT = """\
version = 1

# my own words above
[article]
id = "a-ferry-00000000"
title = "A ferry"
path = "seeds/ferry.txt"
"""


def note(
    name: str,
    *,
    start: int = 0,
    body: str = "",
    tags: tuple[str, ...] = (),
    color: str = "yellow",
    minute: int = 0,
) -> str:
    """The entry of an annotation, as the program writes it."""
    said: dict[str, object] = {"id": name, "color": color}
    said |= {"tags": list(tags)} if tags else {}
    said |= {"body": body} if body else {}
    head = tomli_w.dumps(said)
    times = f"created = 2026-11-21T22:30:00Z\nupdated = 2026-11-21T22:{minute:02}:00Z\n"
    target = f'exact = "fog {start}"\nprefix = ""\nsuffix = ""\nstart = {start}\nend = {start + 5}\n'
    return f"\n[[annotation]]\n{head}{times}\n[annotation.target]\n{target}"


WORDS = st.text("ab\"'#\\[=]\n\r\u00e9\u2028 ", max_size=6)
COMMENTS = st.sampled_from(["", "", "# why", "# look here", "# [annotation]", '# "'])


@dataclass(frozen=True)
class Note:
    """A note and what a person wrote around it."""

    id: str
    start: int
    body: str
    tags: tuple[str, ...]
    color: str
    minute: int
    above: str
    behind: str


NOTES = st.builds(
    Note,
    id=st.sampled_from([f"01{letter}" for letter in "ABCDEF"]),
    start=st.integers(0, 4),
    body=WORDS,
    tags=st.lists(st.sampled_from("fgh"), unique=True, max_size=3).map(lambda tags: tuple(sorted(tags))),
    color=st.sampled_from(["yellow", "pink"]),
    minute=st.integers(0, 3),
    above=COMMENTS,
    behind=COMMENTS,
)


@dataclass(frozen=True)
class Version:
    """A file: its notes by id, and what it says of the article."""

    notes: tuple[Note, ...]
    about: tuple[str, str]
    """Note on the article, and its title."""

    @property
    def text(self) -> str:
        said, title = self.about
        lines = [f"version = 1\n\n[article]\ntitle = {tomli_w.dumps({'v': title})[4:]}"]
        lines += [tomli_w.dumps({"note": said})] if said else []
        for one in sorted(self.notes, key=lambda one: (one.start, one.id)):
            entry = note(
                one.id, start=one.start, body=one.body, tags=one.tags, color=one.color, minute=one.minute
            )
            entry = entry.replace(f'color = "{one.color}"', f'color = "{one.color}" {one.behind}', 1)
            lines.append(entry.replace("\n[[", f"\n{one.above}\n[[" if one.above else "\n[[", 1))
        return "".join(lines)


def versions(notes: st.SearchStrategy[list[Note]]) -> st.SearchStrategy[Version]:
    return st.builds(Version, notes.map(tuple), st.tuples(st.sampled_from(["", "n", "m"]), WORDS))


@st.composite
def forks(draw: st.DrawFn, *, deleting: bool = True) -> tuple[str, str, str]:
    """A base and two versions of it, each with some notes taken out, changed and added."""
    base = draw(versions(st.lists(NOTES, unique_by=lambda one: one.id, max_size=3)))
    sides = []
    for _ in range(2):
        notes = {one.id: one for one in base.notes}
        for change in draw(st.lists(NOTES, max_size=3)):
            known = notes.get(change.id, change)
            keep = draw(st.sets(st.sampled_from(["body", "tags", "color", "start", "above", "behind"])))
            notes[change.id] = replace(change, **{name: getattr(known, name) for name in keep})
        gone = draw(st.sets(st.sampled_from("ABC"), max_size=1)) if deleting else ()
        kept = tuple(one for one in notes.values() if one.id[2:] not in gone)
        about = draw(st.sampled_from([base.about, ("o", base.about[1]), (base.about[0], "T"), ("p", "U")]))
        sides.append(Version(kept, about))
    return base.text, sides[0].text, sides[1].text
