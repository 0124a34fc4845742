"""Whatever happened to the files: an index that was kept equal to them answers as one made anew."""

import contextlib
import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from reader.config import Config
from reader.errors import ReaderError
from reader.passages import Placed
from reader.workspace import Workspace
from tests.builders import places_in, workspace_in

NAMES = st.sampled_from(["ferry.txt", "bread.txt", "deep/fog.md", "prince.txt"])
SENTENCES = (
    "The ferry left the harbour at six in the morning, in a fog that nobody had foreseen.",
    "Bakers rise at three, and bake until the ferry comes with flour and with oranges.",
    "Its captain said that the lighthouse was dark; the harbour of the island was closed.",
    "東京からの船は霧の中で止まった。",
    "Sign up to our newsletter",
)
TEXTS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4)
BODIES = st.sampled_from(["Fog again!", "Who bakes the bread of the island?", "Капитан и туман", ""])
TAGS = st.sampled_from([(), ("weather",), ("sea/fog", "to check")])
MOMENTS = st.integers(0, 2_000_000_000)  # seconds since 1970; clocks go wrong both ways
QUERIES = ("fog", "ferry harbour", "bak*", "tag:sea", "harbor~", "in:notes", "霧", "", "newsletter in:hidden")


class SyncedAsRebuilt(RuleBasedStateMachine):
    """A reader, an editor and a careless clock, at work on one workspace."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="synced-"))
        self.workspace = workspace_in(self.folder, {"ferry.txt": f"A ferry\n\n{SENTENCES[0]}\n"})

    # What happens to the sources

    @initialize(texts=TEXTS)
    def begin(self, texts: list[str]) -> None:
        self.write("bread.txt", texts)
        self.workspace.search("fog")

    @rule(name=NAMES, texts=TEXTS)
    def write(self, name: str, texts: list[str]) -> None:
        path = self.folder / "room" / "seeds" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n\n".join((f"About {path.stem}", *texts)), encoding="utf-8")

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        (self.folder / "room" / "seeds" / name).unlink(missing_ok=True)

    @rule(name=NAMES, to=NAMES)
    def rename(self, name: str, to: str) -> None:
        old, new = (self.folder / "room" / "seeds" / one for one in (name, to))
        new.parent.mkdir(exist_ok=True)
        if old.exists():
            old.rename(new)

    @rule(name=NAMES, moment=MOMENTS)
    def move_the_clock(self, name: str, moment: int) -> None:
        path = self.folder / "room" / "seeds" / name
        if path.exists():
            os.utime(path, (moment, moment))

    # What the reader does

    @rule(pick=st.integers(0, 9), body=BODIES, tags=TAGS)
    def annotate(self, pick: int, body: str, tags: tuple[str, ...]) -> None:
        self.workspace.sync()
        found = self.workspace.summaries()
        if found:
            article = self.workspace.desk.open(found[pick % len(found)].id).article
            self.workspace.notebook.annotate(article, (0, len(article.text) // 2 + 1), body=body, tags=tags)

    @precondition(lambda self: self.placed())
    @rule(pick=st.integers(0, 9), body=BODIES)
    def change(self, pick: int, body: str) -> None:
        placed = self.placed()[pick % len(self.placed())]
        self.workspace.notebook.change(placed, replace(placed.annotation, body=body))

    @precondition(lambda self: self.placed())
    @rule(pick=st.integers(0, 9))
    def throw_away(self, pick: int) -> None:
        self.workspace.notebook.delete([self.placed()[pick % len(self.placed())]])

    @rule(pick=st.integers(0, 9), tags=TAGS)
    def tag(self, pick: int, tags: tuple[str, ...]) -> None:
        self.workspace.sync()
        found = self.workspace.summaries()
        if found:
            self.workspace.notebook.tag(found[pick % len(found)].id, tags)

    @rule()
    def undo(self) -> None:
        with contextlib.suppress(ReaderError):  # nothing is left to undo, or its article changed meanwhile
            self.workspace.notebook.undo()

    @rule()
    def search(self) -> None:
        self.workspace.sync()
        self.workspace.search("fog")

    @rule()
    def close_and_open(self) -> None:
        self.workspace.close()
        self.workspace = opened(self.folder, self.folder)

    def placed(self) -> tuple[Placed, ...]:
        """What the reader noted and still has a place."""
        return tuple(self.workspace.notebook.all())

    # What has to hold then

    def teardown(self) -> None:
        self.workspace.sync()
        fresh = opened(self.folder, self.folder / "elsewhere")
        try:
            for query in QUERIES:
                assert answer(self.workspace, query) == answer(fresh, query), query
        finally:
            fresh.close()
            self.workspace.close()
            shutil.rmtree(self.folder)


def opened(folder: Path, places: Path) -> Workspace:
    """Open the workspace of a folder; other places have other indexes."""
    workspace = Workspace(folder / "room", places_in(places), Config())
    workspace.sync()
    return workspace


def answer(workspace: Workspace, query: str) -> object:
    """Return all there is to an answer, in its order."""
    found = workspace.search(query, limit=100).results
    return (
        found.counts,
        found.facets,
        [(hit.document, round(hit.score, 6), hit.labels, hit.snippet, hit.passages) for hit in found.hits],
    )


TestSyncedAsRebuilt = SyncedAsRebuilt.TestCase
TestSyncedAsRebuilt.settings = settings(max_examples=12, stateful_step_count=12, deadline=None)
