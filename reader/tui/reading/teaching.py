"""Teaching the cleaning while one reads: a block becomes a rule."""

from reader.model import Article
from reader.tui.reading.article_room import ArticleRoom
from reader.tui.reading.teach_prompt import Subject, TeachPrompt
from reader.workspace import Reading

FIRST_WORDS = 8  # of a block, that a rule begins with


def prompt_for(room: ArticleRoom, reading: Reading, block: int) -> TeachPrompt:
    """Return what asks what shall become of a block, and of others that have its words."""
    article = reading.article
    words = room.view.selected_text or article.text_of(article.blocks[block])
    phrase = " ".join(words.split()[: None if room.view.selected_text else FIRST_WORDS])
    subject = Subject(phrase, reading.ledger.verdicts[block] is not None, source_of(article))
    return TeachPrompt(room.workspace, subject)


def source_of(article: Article) -> str:
    """Return what a rule for the source of an article names: host, publisher or folder."""
    host = article.url.partition("://")[2].partition("/")[0]
    return host.lower() or article.source.lower() or article.path.rpartition("/")[0].lower()
