"""An article that a search led to: what was found is marked, and the way goes on from article to article."""

from collections.abc import Callable

from reader.actions import Action
from reader.passages import Placed
from reader.tui.doors import Goal
from reader.tui.reading.page_view import Place
from reader.tui.reading.screen import ReadingScreen
from reader.tui.search.asking import MORE, Answered, Asker, Wanted
from reader.tui.search.route import Route, route_of
from reader.workspace import Reading, Workspace

_HITS = {"next_hit": 1, "previous_hit": -1}
_ARTICLES = {"next_article": 1, "previous_article": -1}


class FoundScreen(ReadingScreen):
    """An article on the way through results.

    Args:
        workspace: What is open.
        article_id: What to read.
        route: The way; leaving goes back to where it was laid.
        passage: Where to begin; None for where the reader left the article.
    """

    def __init__(
        self, workspace: Workspace, article_id: str, route: Route, passage: Goal | None = None
    ) -> None:
        super().__init__(workspace, article_id, tuple(one.article_id for one in route.stations), passage)
        self._route = route
        self._asker = Asker(workspace, self.post_message)
        self._left_at: tuple[str, int] | None = None
        """Where the reader stood when the way ended, and more was asked for."""

    def on_unmount(self) -> None:
        """Look for no more."""
        self._asker.close()

    # What is marked

    def open_article(self, article_id: str, place: Place | None = None) -> bool:
        """Open an article, with all marked that was found in it."""
        is_open = super().open_article(article_id, place)
        if is_open:
            self._mark()
        return is_open

    def _mark(self) -> None:
        if station := self._route.station(self.article_id):
            self.finder.mark(self._route.query, station.spans)
            self.view.show_hits(self.finder.hits, self.finder.here)
            self.show_lines()

    def _begin(self, goal: Goal) -> None:
        """Go to what the reader came for, and count from there."""
        super()._begin(goal)
        start = goal.start if isinstance(goal, Placed) else goal[0]
        if self._is_followed:
            self.finder.reach(start)
            self.view.show_hits(self.finder.hits, self.finder.here)

    def action_toggle_hidden(self) -> None:
        """Show or fold the hidden blocks; what was found stays marked."""
        is_followed, here = self._is_followed, self.finder.here
        super().action_toggle_hidden()
        if is_followed:
            self._mark()
            self.finder.here = here

    @property
    def hinted(self) -> tuple[str, ...]:
        """Names of the actions that the footer shows: above all those that go on."""
        if self._is_followed and not self._is_selected:
            return ("note", "previous_hit", "next_hit", "show_help")
        return super().hinted

    def state(self, reading: Reading) -> str:
        """Say which of the passages this is, and which of the articles."""
        words = super().state(reading)
        return (
            " · ".join(filter(None, (words, self._route.count(self.article_id))))
            if self._is_followed
            else words
        )

    # The way

    @property
    def _is_followed(self) -> bool:
        """Whether the reader is on the way: nothing else is looked for, and the marks were not taken away."""
        return self.finder.phrase == self._route.query and not self.is_source

    def _doer_of(self, action: Action) -> Callable[[], object]:
        if action.place is self.PLACE:
            if action.name in _HITS and (self._is_followed or not self.finder.phrase):
                return lambda: self._step(_HITS[action.name])
            if action.name in _ARTICLES and self._route.station(self.article_id):
                return lambda: self._turn(_ARTICLES[action.name], at_last=False)
        return super()._doer_of(action)

    def _step(self, step: int) -> None:
        """Go to the next passage that was found, or the one before, also in another article."""
        if not self._is_followed:
            self._mark()  # Esc took the marks away
        if 0 <= self.finder.here + step < len(self.finder.hits.starts):
            self._go_to(self.finder.step(step))
        else:
            self._turn(step, at_last=step < 0)

    def _turn(self, step: int, *, at_last: bool) -> None:
        """Go to the article after this one on the way, or before it: to the first passage, or the last."""
        there, here = self._route.beside(self.article_id, step), self.here
        if there is None and step > 0 and self._route.has_more:
            self._left_at = self._standing
            self._asker.want(Wanted(self._route.query, self._route.fetched + MORE, self.size.width))
        elif there is None:
            self.toast("that was the last of what was found" if step > 0 else "this is the first of it")
        elif self.open_article(there.article_id):
            self.jumps.push(here)
            self.finder.here = max(len(there.spans) - 1, 0) - 1 if at_last else -1
            self._go_to(self.finder.step(1))

    @property
    def _standing(self) -> tuple[str, int]:
        """The article, and the number of the hit in it."""
        return self.article_id, self.finder.here

    def on_answered(self, message: Answered) -> None:
        """Lay the way on through more of what was found, and go there; unless the reader has left the end."""
        with self.attempt():
            results = message.asked.answer.results
            self._route = route_of(self._route.query, results.hits, results.total)
            self.show_lines()
            if self._standing == self._left_at:
                self._turn(1, at_last=False)

    def _go_to(self, span: tuple[int, int] | None) -> None:
        self.bookmark.jumped = True
        self.view.show_hits(self.finder.hits, self.finder.here)
        if span is not None:
            self.show_passage(*span)
        self.show_lines()
