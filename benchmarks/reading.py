"""How fast an article is set and painted, by size: `python -m benchmarks.reading`.

Everything runs in this process on texts made here. The time from the shell to the first
paint is another matter; a bare Textual app in the same run is its measure.
"""

import asyncio
import random
import resource
import time
from collections.abc import Callable

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from reader.finding import hits_of
from reader.layout import lay_out
from reader.model import BLOCK_GAP, Article, Block, BlockKind, Ledger
from reader.tui.reading.article_view import ArticleView
from reader.tui.reading.page_view import BEGINNING
from reader.tui.themes import PAPER_DARK

SIZES = (6_000, 80_000, 1_000_000, 5_000_000)  # code points
KEYS = 40
RUNS = 5
SEED = 7
LATIN = "the captain’s ferry left harbour at six in morning an hour late with forty passengers “and” oranges"
HAN = "渡轮在早上六点离开港口载着四十名乘客和一批无人订购的橙子船长说雾比她记得的都要浓"


class Stage(App[None]):
    """An app with nothing but the view."""

    def __init__(self, view: ArticleView) -> None:
        super().__init__()
        self.register_theme(PAPER_DARK)
        self.theme = PAPER_DARK.name
        self.view = view

    def compose(self) -> ComposeResult:
        """Show the view alone."""
        yield self.view


def latin(size: int) -> Article:
    """Make an article of so many code points, in paragraphs of 8 to 90 words."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    words = LATIN.split()
    return _article(size, lambda: " ".join(chance.choices(words, k=chance.randint(8, 90))) + ".")


def han(size: int) -> Article:
    """Make an article of ideographs."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    return _article(size, lambda: "".join(chance.choices(HAN, k=chance.randint(40, 300))) + "，“好”。")


def _article(size: int, paragraph: Callable[[], str]) -> Article:
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    while at < size:
        parts.append(paragraph())
        line = 2 * len(parts) - 1
        blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(parts[-1]), line, line))
        at += len(parts[-1]) + len(BLOCK_GAP)
    return Article("bench-00000000", "Bench", BLOCK_GAP.join(parts), tuple(blocks))


def fastest(act: Callable[[], object]) -> float:
    """Return the least time of some runs, in milliseconds: what the machine can do undisturbed."""
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        act()
        times.append(time.perf_counter() - begun)
    return min(times) * 1000


async def median_key(pilot: Pilot[None], act: Callable[[], object]) -> float:
    """Return the median time from an action until its lines are painted, in milliseconds."""
    times = []
    for _ in range(KEYS):
        begun = time.perf_counter()
        act()
        await pilot.pause(0)
        times.append(time.perf_counter() - begun)
    return sorted(times)[KEYS // 2] * 1000


async def measure(name: str, article: Article) -> None:
    """Print a row of the table."""
    ledger = Ledger((None,) * len(article.blocks))
    set_in = fastest(lambda: lay_out(article, ledger, 72, reveal=False))
    found_in = fastest(lambda: hits_of(article.text, "captain's ferry"))
    view = ArticleView(72)
    async with Stage(view).run_test(size=(120, 40)) as pilot:
        shown_in = fastest(lambda: view.show(article, ledger, reveal=False, place=BEGINNING))
        line = await median_key(pilot, lambda: view.scroll_lines(1))
        page = await median_key(pilot, lambda: view.scroll_pages(1))
        paint = fastest(lambda: [view.render_line(y) for y in range(40)])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    numbers = (set_in, shown_in, found_in, paint, line, page, peak)
    print(
        f"{name:<8}{len(article.text):>10,}{len(article.blocks):>8,}" + "".join(f"{n:>9.1f}" for n in numbers)
    )


async def main() -> None:
    """Print the table, milliseconds and MiB; the peak is that of the whole run so far."""
    heads = ("set", "show", "find", "paint 40", "line", "page", "peak MiB")
    print(f"{'text':<8}{'size':>10}{'blocks':>8}" + "".join(f"{head:>9}" for head in heads))
    for size in SIZES:
        await measure("latin", latin(size))
    await measure("han", han(1_000_000))


if __name__ == "__main__":
    asyncio.run(main())
