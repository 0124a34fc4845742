"""The user's own files: one TOML file an article, which a person may edit by hand.

`statements` and `document` take a file apart and put it together again without touching
what is not meant; `records` knows what entries mean; `editing` decides what a change
makes of a file, `merging` what two versions of it make together. `reading`, `writing`,
`trash`, `shadow`, `conflicts` and `mending` touch files; `store` knows where they lie.
"""

from reader.annotations.ids import new_id
from reader.annotations.records import CORRECTABLE, ArticleRecord, encodable
from reader.annotations.store import AnnotationStore
from reader.annotations.trash import Trashed
from reader.annotations.writing import Subject

__all__ = ["CORRECTABLE", "AnnotationStore", "ArticleRecord", "Subject", "Trashed", "encodable", "new_id"]
