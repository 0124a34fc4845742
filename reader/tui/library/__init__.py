"""The library: all articles of the workspace, in a list that follows their files."""
