"""Tags, typed on one line, with those in use above it.

The line is the truth: what stands on it when Enter is pressed are the tags, all of them.
Tab and the arrows only write there what is offered.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen

from reader.errors import NotATag
from reader.folding import fold
from reader.inert import inert
from reader.notebook import NESTS, clean_tags, typed_tags
from reader.tui.chrome import ClosedOnce, HeaderLine, PromptLine
from reader.tui.prompts.picker import Choice, ChoiceList

if TYPE_CHECKING:
    from textual.widgets import Input

Tags = tuple[str, ...]

_TAG = re.compile(r'"[^"]*"?|[^\s,"]+')  # one with blanks, as a file may have it, stands in quotes


def read_tags(line: str) -> Tags:
    """Read the tags of a line: commas and blanks separate them, unless quotes hold them together."""
    return clean_tags(found.group().strip('"') for found in _TAG.finditer(line))


def write_tags(tags: Tags) -> str:
    """Write tags as `read_tags` reads them, ready for a further one."""
    return "".join(f"{_written(tag)} " for tag in tags)


def _written(tag: str) -> str:
    return f'"{tag}"' if any(map(str.isspace, tag)) or "," in tag else tag


def last_word(line: str) -> tuple[int, str]:
    """Return where the tag begins that a line ends in, and the tag; "" if a new one begins there."""
    found = next((one for one in _TAG.finditer(line) if one.end() == len(line)), None)
    if found is None or (len(found.group()) > 1 and found.group().endswith('"')):
        return len(line), ""
    return found.start(), found.group().lstrip('#"')


def offers(in_use: Mapping[str, int], word: str, taken: Collection[str] = ()) -> dict[str, int]:
    """Return what can follow a word: tags that begin with it, one level of nesting at a time.

    Args:
        in_use: How often each tag is used, the commonest first.
        word: What is typed of a tag.
        taken: Tags that stand on the line already.

    Returns:
        How often each is used, the commonest first; what ends in "/" holds further tags. Last
        come tags that have the word elsewhere.
    """
    wanted, depth = fold(word), word.count(NESTS)
    begun: Counter[str] = Counter()
    within: dict[str, int] = {}
    for tag, count in in_use.items():
        if fold(tag).startswith(wanted):
            parts = tag.split(NESTS)
            rest = NESTS if len(parts) > depth + 1 else ""
            begun[NESTS.join(parts[: depth + 1]) + rest] += count
        elif wanted in fold(tag):
            within[tag] = count
    offered = {**dict(begun.most_common()), **within}
    return {tag: count for tag, count in offered.items() if tag not in taken}


class TagPrompt(ClosedOnce[Tags | None], ModalScreen[Tags | None]):
    """A line with the tags of something. Closes with the tags it has then, or with None.

    Args:
        in_use: How often each tag is used, the commonest first.
        tags: The tags it has now.
        about: What they are the tags of, in words.
    """

    AUTO_FOCUS = None
    DEFAULT_CSS = """
    TagPrompt {
        background: transparent; align: left bottom;
        & > Vertical { height: auto; max-height: 100%; background: $shade; }
        & ChoiceList { max-height: 40vh; margin: 0 0 1 0; }
    }
    """

    def __init__(self, in_use: Mapping[str, int], tags: Tags, about: str) -> None:
        super().__init__()
        self._in_use = in_use
        self._header = HeaderLine()
        self._about = about
        self._tags = tags
        self._line = write_tags(tags)
        self._offers = ChoiceList((), 0)
        self._begin = len(self._line)
        """Where on the line stands what is offered."""
        self._written = self._line
        """The line as it was last filled in here: only another one asks for other offers."""

    def compose(self) -> ComposeResult:
        """Lay out what it is about, the tags in use, and the line."""
        with Vertical():
            yield self._header
            yield self._offers
            yield PromptLine("# ", self._line, hint="tags, with blanks between them")

    def on_mount(self) -> None:
        """Say what the keys do, and offer the tags in use."""
        keys = (f"{key} {word}" for key, word in (("Tab", "completes"), ("Esc", "leaves"), ("Enter", "sets")))
        self._header.show(Content.styled(inert(self._about), "$ink"), *map(Content, keys))
        self._offer(self._line)

    def on_prompt_line_changed(self, event: PromptLine.Changed) -> None:
        """Offer what can follow."""
        if event.words != self._written:
            self._offer(self._input.value[: self._input.cursor_position])

    def on_prompt_line_moved(self, event: PromptLine.Moved) -> None:
        """Write the next of what is offered, or the one before."""
        self._step(1 if event.step in {"down", "page_down"} else -1)

    def on_prompt_line_submitted(self, event: PromptLine.Submitted) -> None:
        """Close with the tags of the line; what can be no tag stays on it, and that is said."""
        tags = read_tags(event.words)
        try:
            self.dismiss(typed_tags(tags, self._tags))
        except NotATag as error:
            self._header.show(Content.styled(f"! {error}", "$error"))

    def on_prompt_line_left(self) -> None:
        """Close with nothing."""
        self.dismiss(None)

    def on_choice_list_chosen(self) -> None:
        """Write what was clicked."""
        self._write()

    def on_key(self, event: Key) -> None:
        """Complete by Tab; again, by the next."""
        if event.key in {"tab", "shift+tab"}:
            event.stop()
            event.prevent_default()
            self._step(1 if event.key == "tab" else -1)

    @property
    def _input(self) -> "Input":
        from textual.widgets import Input  # noqa: PLC0415 - 20 ms that no start needs

        return self.query_one(Input)

    def _offer(self, line: str) -> None:
        """Offer what can follow a line."""
        self._begin, word = last_word(line)
        offered = offers(self._in_use, word, read_tags(line[: self._begin]))
        self._offers.offer(tuple(Choice(tag, str(count)) for tag, count in offered.items()))
        self._offers.display = bool(offered)

    def _step(self, step: int) -> None:
        """Write what is offered; if it stands on the line already, the next."""
        if self._input.value[self._begin :].rstrip() == _written(self._offers.words):
            self._offers.turn(step)
        self._write()

    def _write(self) -> None:
        """Write what is under the cursor of the list; in place of what holds further tags, offer those."""
        if tag := self._offers.words:
            after = "" if tag.endswith(NESTS) else " "  # the next tag is not to be glued to it
            self._written = self._input.value[: self._begin] + _written(tag) + after
            self._input.value = self._written
            self._input.cursor_position = len(self._written)
            if tag.endswith(NESTS):
                self._offer(self._written)
