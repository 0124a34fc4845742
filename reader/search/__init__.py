"""One search over articles, passages and notes. Alone imports Whoosh, and that only when it is asked.

`values` are what goes in and comes out, `parsing` reads a query into a `tree`, `index` keeps
the documents and answers. Not for a phrase in one text: that is `reader.finding`.
"""
