"""The reader's own verdicts on single blocks: they beat every rule.

A choice is kept as a quote and a position, as notes are: it survives a change in the text around its block.
"""

from reader.model import Article, Category, Ledger, Reason
from reader.passages import BlockChoice, Choice, Target

HIDDEN_BY_HAND = Reason("choice", Category.CHOICE, "hidden by you")


def apply_choices(article: Article, ledger: Ledger, choices: tuple[BlockChoice, ...]) -> Ledger:
    """Put the reader's choices over a ledger.

    Args:
        article: The article that was judged.
        ledger: Its verdicts.
        choices: What the reader decided; of two for the same block the later one holds.

    Returns:
        The ledger with each chosen block kept, or hidden with the reason "hidden by you".
        A choice whose words are no longer in the article changes nothing.
    """
    verdicts = list(ledger.verdicts)
    for choice in choices:
        index = block_of(article, choice.target)
        if index is not None:
            verdicts[index] = None if choice.choice is Choice.KEEP else HIDDEN_BY_HAND
    return Ledger(tuple(verdicts), ledger.note)


def block_of(article: Article, target: Target) -> int | None:
    """Find the block a choice is about: of those with its exact words the one nearest to its position."""
    blocks = article.blocks
    same = (index for index, block in enumerate(blocks) if article.text_of(block) == target.exact)
    return min(same, key=lambda index: abs(blocks[index].start - target.start), default=None)
