"""A source that is one article, and the same words cut into three."""

from tests.builders import LEAD, SECOND, THIRD

TITLES = (
    "The ferry that came too late to the island",
    "Its captain blames the fog and the lighthouse",
    "What the people on the quay did until noon",
)
MORE = (
    "Nobody on board was told why. A deckhand said that a rope had been found in the water, and that somebody"
    " had to be asked about it before the engines could be started; it took until half past five to find him."
)
MORE_OF_IT = (
    "She wrote as much into the log, in the small hand that she is known for, and asked the coast guard"
    " twice for a light. The answer came by radio; it is not fit to be printed, brief as it was."
)
AND_MORE = (
    "Some had brought chairs. A woman sold tea from a bucket until it was empty, then sold the bucket;"
    " by eleven the first bets were made, most of them on the next day, and a few on no ferry at all."
)
PARTS = (
    (
        LEAD,
        MORE,
        "The harbour master wrote the hour into his book, and went to breakfast, as on any other day.",
    ),
    (
        SECOND,
        MORE_OF_IT,
        "The keeper of the lighthouse says that there was oil in the lamp, and that he had lit it himself.",
    ),
    (
        THIRD,
        AND_MORE,
        "Those who had come for the oranges stayed longest; they had bags with them, and no other plans.",
    ),
)


def whole() -> str:
    """All as one article, under the title of the first part."""
    return "\n\n".join((TITLES[0], *(paragraph for part in PARTS for paragraph in part))) + "\n"


def cut(titles: tuple[str, ...] = TITLES) -> str:
    """The parts as articles of one source, each under a bullet."""
    return "\n\n\n".join(
        "\n\n\n".join((f"• {title}", "\n\n".join(f"    {paragraph}" for paragraph in part)))
        for title, part in zip(titles, PARTS, strict=True)
    )
