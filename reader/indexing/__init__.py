"""What of a workspace is searched, and how the index is kept equal to it."""

from reader.indexing.book import Answer, Indexing

__all__ = ["Answer", "Indexing"]
