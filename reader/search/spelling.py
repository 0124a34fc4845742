"""English as the British and as the Americans spell it: one word. Pure.

Texts and queries pass the same way, so what comes out need not be a word; two that are one
must only come out as one. What stands before an ending is at least three letters, so that
"four" is not "for" and "rise" stays.
"""

import re

_TOLD_APART = re.compile(
    r"(?P<our>(?<=\w{3})our(?=(?:s|ed|ing|al|able|ite|ites|er|ers|ful|less|ly|hood|hoods)?$))"
    r"|(?P<tre>(?<=\w{3})tre(?=s?$))"
    r"|(?P<mme>(?<=^progra)mme(?=s?$))"
    r"|(?P<enc>(?<=^def|^off|^lic)enc(?=e))"
    # not in "exercise", "revise", "advertise": their kin, as "revision", is spelt alike everywhere
    r"|(?P<is>(?<=\w{3})(?:(?<=tic)|(?<![cv]))(?<!vert)is(?=(?:e|es|ed|er|ers|ing|ingly|ation|ations)$))"
    r"|(?P<lys>(?<=\w{2})lys(?=(?:e|es|ed|er|ers|ing)$))"
)
_AMERICAN = {"our": "or", "tre": "ter", "mme": "m", "enc": "ens", "is": "iz", "lys": "lyz"}


def american(word: str) -> str:
    """Spell a word, in small letters, as Americans do: "mobilisation" as "mobilization"."""
    return _TOLD_APART.sub(lambda found: _AMERICAN[found.lastgroup or ""], word)
