"""Teaching the cleaning while one reads: a block becomes a rule."""

from reader.model import Article
from reader.tui.reading.article_room import ArticleRoom
from reader.tui.reading.teach_prompt import Subject, TeachPrompt
from reader.workspace import Reading

FIRST_WORDS = 8  # of a block, that a rule begins with


def prompt_for(room: ArticleRoom, reading: Reading, block: int) -> TeachPrompt:
    """Return what asks what shall become of a block, and of others that have its words."""
    article = reading.article
    words, selected = article.text_of(article.blocks[block]), room.view.selected_text
    phrase = " ".join(selected.split() or words.split()[:FIRST_WORDS]).rstrip(",;:")
    is_hidden = reading.ledger.verdicts[block] is not None
    return TeachPrompt(
        room.workspace, Subject(words, phrase, is_hidden, source_of(article), is_selected=bool(selected))
    )


def source_of(article: Article) -> str:
    """Return what a rule for the source of an article names: host, publisher or folder."""
    host = article.url.partition("://")[2].partition("/")[0]
    return host.lower() or article.source.lower() or article.path.rpartition("/")[0].lower()
