"""The catalogue is read anew when what it remembers would come out otherwise."""

import hashlib
from pathlib import Path

from reader import cleaning
from reader.versions import PACKAGED_RULES

RULES = Path(cleaning.__file__).parent / "rules"


def digest_of_rules() -> str:
    """Tell one version of the packaged rules from another."""
    texts = (path.read_bytes() for path in sorted(RULES.iterdir()) if path.is_file())
    return hashlib.blake2s(b"\0".join(texts), digest_size=8).hexdigest()


def test_the_packaged_rules_are_those_that_their_version_names():
    assert digest_of_rules() == PACKAGED_RULES, (
        "the rules changed: write their digest into reader/versions.py"
    )
