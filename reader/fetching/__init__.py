"""A page from the network, and only when somebody asks for it.

Everything that comes from there is hostile: where it leads, how long it takes, how much
it is, and what it says it is. `asking.fetch` is the one door, and is imported where a page is
fetched: it brings httpcore and ssl, 85 ms. `addresses` and `looking` are pure. Nothing is written here.
"""
