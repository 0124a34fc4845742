"""What brings articles into a workspace, and takes them out again.

`wishes` reads what a person names or pastes, `adder` decides and acts, `store` moves the files,
`origins` remembers where they came from, `report` and `changes` say what came of it.
"""
