"""Versions of what is remembered of files: raise one, and all files are read anew.

They stand here and not in their rooms, so that a list of files that did not change
loads none of those.
"""

IMPORTERS = 14  # raise it when the same bytes give other blocks
SPLITTING = 7  # raise it when the same blocks give other articles, titles or ids
CLEANING = 23  # raise it when the same article gets other verdicts by the same rules
PACKAGED_RULES = "adc47cbdca85544e"  # digest of the rule files; a test tells the new one when they change

READING = f"{IMPORTERS}.{SPLITTING}.{CLEANING}.{PACKAGED_RULES}"

CATALOGUE = 6  # raise it with any change of the catalogue's tables
RECORDS = 4  # raise it with any change of the shadow of the user's files, or of what reading makes of one

SHADOWS = f"{READING}.{CATALOGUE}.{RECORDS}"
"""Programs of which this differs keep their shadows apart."""
