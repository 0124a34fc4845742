"""What lost its place, said so that the reader knows what to do: of each file that has such notes."""

from collections.abc import Collection

from reader.annotations import ArticleRecord
from reader.model import Problem

_BACK = "nothing of it is lost: bring the article back, or delete the file"
_AGAIN = "`reader notes --orphans` shows them; attach them again, or delete them"


def loss_of(record: ArticleRecord, home: str, orphans: int, paths: Collection[str]) -> Problem | None:
    """Say what a file lost.

    Args:
        record: What it says.
        home: The article that it is about; "" if that is gone.
        orphans: How many of its annotations have no place.
        paths: Where the sources of today stand.

    Returns:
        The problem; None if nothing has lost its place.
    """
    of_all = f"{orphans} of {len(record.annotations)} notes and highlights" if record.annotations else ""
    says_more = record.starred or record.tags or record.note or record.corrections or record.choices
    title, file = f"“{record.title}”", str(record.file)
    if home or (orphans < len(record.annotations) and not says_more):
        return Problem(f"{of_all} of {title} lost their place", file, _AGAIN) if orphans else None
    if record.path not in paths:
        return Problem(f"about {title}, whose source {record.path} is gone", file, _BACK)
    what = f"about {title}, which reads otherwise in {record.path} now, or is cut another way"
    return Problem(
        f"{what}; {of_all} lost their place" if orphans else what, file, _AGAIN if orphans else _BACK
    )
