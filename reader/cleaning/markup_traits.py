"""What a block of a page says for itself and what its markup says of it, as named traits.

The first half of the markup score: each trait has a weight, and the weights of a block's traits
add up to its own score.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from reader.cleaning.measures import common_words
from reader.markup import Markup
from reader.model import Article, Block, BlockKind

NEAREST = 4  # names around a block that count once more, as they are nearest
PARTS = frozenset(("<nav>", "<aside>", "<header>", "<footer>", "<form>", "<button>", "<dialog>"))
"""Names of parts of a page that hold no article, unless all of it stands in one."""
FEW_WORDS = 12  # words of a block up to which each of them is a trait
WORD = re.compile(r"[\u3400-\u9fff\u3040-\u30ff]|\w+")  # an ideograph counts as a word
ENDS = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
TRAILS = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*(?:[\w’' ]{2,24}[»›>→]*)?\s*$")
"""How a teaser ends: cut off, with or without "read more" behind."""
_STOPS = re.compile(r"[.,;:!?，。；：！？、]")
_RIGHTS = re.compile(r"©|\(c\)|copyright|all rights|все права|版权|δικαιώματα", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@cache
def telling_names() -> frozenset[str]:
    """Return the words of classes and ids that say what an element is for; the others name the site."""
    names = """
        ad ads advert advertisement banner sponsor sponsored promo promotion outbrain taboola
        article content body post entry story text main blog single page copy prose paragraph hentry rich
        column editorial news feed stream loop summary lead lede excerpt intro description
        comment comments disqus reply respond discussion share sharing social facebook twitter follow
        related recommend recommended recommendations popular trending latest recent more readmore also next
        prev pagination pager toc index teaser breaking ticker
        sidebar aside footer foot header head masthead nav navbar navigation menu submenu subnav breadcrumb
        breadcrumbs crumb skip search top bottom left right inner secondary primary wide region
        newsletter subscribe subscription signup login register paywall premium account user cta form button
        btn cookie cookies consent gdpr popup modal overlay dialog widget interstitial
        author byline bio profile about meta date time published tag tags category categories
        caption credit figure image gallery video player embed inline insert
        title headline subtitle subhead dek quote pullquote note notes footnote footnotes references source
        sources transcript section row col hero
        list item items card cards link links block box panel container wrapper grid tab tabs accordion faq
        question answer step steps ingredients recipe instructions table
        copyright legal disclaimer terms contact tool tools toolbar print email hidden screen sr only site
        logo brand rating price product buy shop poll survey event events map weather stock count counter
        views likes like vote votes
        """
    return frozenset(names.split())


@dataclass(frozen=True, slots=True)
class Cell:
    """A block with what is measured of it once."""

    at: int
    text: str
    words: tuple[str, ...]
    kind: BlockKind
    level: int
    markup: Markup
    ends: bool
    """It ends as a sentence does."""

    @property
    def size(self) -> int:
        """How many words it has."""
        return len(self.words)


def cells_of(article: Article) -> list[Cell]:
    """Measure the blocks of an article."""
    return [_cell(article, at, block) for at, block in enumerate(article.blocks)]


def _cell(article: Article, at: int, block: Block) -> Cell:
    text = article.text_of(block)
    markup = block.markup or Markup("", 0.0, (), ())
    words = tuple(WORD.findall(text.lower()))
    kind = BlockKind.HEADING if block.kind is BlockKind.TITLE else block.kind
    return Cell(at, text, words, kind, block.level, markup, ENDS.search(text) is not None)


def traits_of(cells: Sequence[Cell]) -> list[list[str]]:
    """Name the traits of each block of a page."""
    return [[*names_of(cell.markup), *_looks(cell, at / len(cells))] for at, cell in enumerate(cells)]


def names_of(markup: Markup) -> list[str]:
    """Name the traits that the elements around a block give it."""
    bar = markup.around.index("|") if "|" in markup.around else 0
    telling = telling_names()
    around = [name for name in markup.around[bar + 1 :] if name in telling or name[0] in "<@=!"]
    begins = [name for name in markup.around[:bar] if name in telling or name[0] in "<@=!"]
    return [
        *(f"in:{name}" for name in around),
        *(f"at:{name}" for name in around[-NEAREST:]),
        *(f"inline:{name}" for name in begins),
    ]


def _looks(cell: Cell, place: float) -> list[str]:
    """Name the traits of a block's place, 0 to 1, and words."""
    count, text = cell.size, cell.text
    length = min(9, int(math.log2(count + 1) * 1.3))
    short = min(length, 6)
    pieces = text.split()
    common = common_words()
    named = [
        f"tag:{cell.markup.tag}/{min(length, 4)}",
        f"kind:{cell.kind.replace(' ', '-')}/{length}",
        f"length{length}",
        f"linked{int(cell.markup.link_density * 4.999)}/{short}",
        f"ends{cell.ends:d}/{length}",
        f"place{int(10 * place)}",
        f"common{int(8 * sum(word in common for word in cell.words) / (count or 1))}/{short}",
        f"stops{min(4, len(_STOPS.findall(text)))}/{length}",
        f"capitals{int(4.99 * sum(piece[0].isupper() for piece in pieces) / (len(pieces) or 1))}/{short}",
        f"digits{min(4, int(10 * sum(map(str.isdigit, text)) / (len(text) or 1)))}/{short}",
    ]
    if count <= FEW_WORDS:
        named += [f"word:{word}" for word in dict.fromkeys(cell.words)]
    if _RIGHTS.search(text):
        named.append(f"rights/{length}")
    if TRAILS.search(text):
        named.append(f"trails/{short}")
    if _YEAR.search(text):
        named.append(f"year/{short}")
    return named
