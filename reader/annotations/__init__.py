"""The user's own files: one TOML file an article, which a person may edit by hand.

`document` takes a file apart into its entries and puts it together again without
touching the others; `store` knows where the files lie and what their entries mean.
"""

from reader.annotations.store import AnnotationStore, ArticleRecord

__all__ = ["AnnotationStore", "ArticleRecord"]
