import pytest

from reader.notebook import Folded, narrow
from reader.passages import AnchorState, Annotation, Color, Placed, Target


def placed(quote: str, **said: object) -> Placed:
    state = said.pop("state", AnchorState.EXACT)
    title = said.pop("title", "A ferry")
    annotation = Annotation("01", Target(quote, "", "", 0, len(quote)), **said)  # type: ignore[arg-type]  # what a test says
    return Placed(annotation, "a-ferry-00000000", str(title), "a.txt", AnchorState(str(state)), 0, len(quote))


FOG = placed("the fog had been thicker", tags=("weather/fog",), color=Color.BLUE)
DARK = placed("the lighthouse had been dark", body="Why? Ask Zoë.", tags=("sea", "weather"))
LOST = placed("oranges", title="Oranges", state=AnchorState.ORPHAN)
ALL = (FOG, DARK, LOST)


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("", ALL),
        ("had been", (FOG, DARK)),
        ("ZOE", (DARK,)),
        ("oranges", (LOST,)),
        ("#sea", (DARK,)),
        ("tag:weather", (FOG, DARK)),
        ("tag:#weather/fog", (FOG,)),
        ("tag:fog", ()),
        ("tag:sea tag:weather", (DARK,)),
        ("color:blue", (FOG,)),
        ("color:blue color:yellow", ALL),
        ("state:orphan", (LOST,)),
        ("has:note", (DARK,)),
        ("has:highlight", (FOG, LOST)),
        ("has:tag dark", (DARK,)),
        ("article:a-ferry-00000000 fog", (FOG,)),
        ("unknown:field", ()),
        ("has:purple", ()),
    ],
)
def test_a_query_means_the_annotations_that_every_part_of_it_holds_for(query: str, meant: tuple[Placed, ...]):
    assert narrow(ALL, query) == meant
    assert Folded(ALL).narrow(query) == meant


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("color:bl", (FOG,)),
        ("state:or", (LOST,)),
        ("has:no", (DARK,)),
        ("has:", ALL),
        ("tag:", (FOG, DARK)),
        ("dark tag:we", (DARK,)),
        ("tag:#weather/f", (FOG,)),
        ("tag:sea tag:w", (DARK,)),
        ("tag:we ", ()),
        ("tag:we dark", ()),
        ("fog article:a-f", ()),
    ],
)
def test_while_a_part_is_typed_it_means_what_begins_so(query: str, meant: tuple[Placed, ...]):
    assert Folded(ALL).narrow(query) == meant


def test_a_tag_that_is_there_is_not_half_a_longer_one():
    fair = placed("a fair", tags=("war",))
    longer = placed("a farewell", tags=("warfare",))

    assert Folded((fair, longer)).narrow("tag:war") == (fair,)
    assert Folded((fair, longer)).narrow("tag:warf") == (longer,)


def test_only_what_is_typed_is_completed():
    assert narrow(ALL, "color:bl") == ()
