"""Columns: what tables and long integers say of all blocks at once is what a loop says of each."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from reader.cleaning.columns import both, bytes_of, cells_of, classes, sums_beside, wide_classes, wide_table

MOST = 600  # of a block; forty of them fit two bytes


def beside(values: list[int], reach: int) -> tuple[list[int], list[int]]:
    above = [sum(values[max(0, at - reach) : at]) for at in range(len(values))]
    return above, [sum(values[at + 1 : at + 1 + reach]) for at in range(len(values))]


@given(st.lists(st.integers(0, 255 // 20), max_size=60), st.integers(1, 20))
def test_what_stands_beside_a_block_within_reach_is_summed_up(values: list[int], reach: int) -> None:
    above, below = (
        list(cells_of(sums, len(values))) for sums in sums_beside(bytes(values), width=1, reach=reach)
    )

    assert (above, below) == beside(values, reach)


@given(st.lists(st.integers(0, MOST), max_size=60), st.integers(1, 20))
def test_sums_of_two_bytes_hold_both_sides_of_a_block(values: list[int], reach: int) -> None:
    form = f"<{len(values)}H"
    both_sides = sum(sums_beside(struct.pack(form, *values), width=2, reach=reach))

    found = struct.unpack(form, cells_of(both_sides, 2 * len(values)))
    assert list(found) == [sum(sides) for sides in zip(*beside(values, reach), strict=True)]


@given(st.lists(st.tuples(st.booleans(), st.booleans())))
def test_both_columns_have_a_one(pairs: list[tuple[bool, bool]]) -> None:
    one, other = (bytes([pair[side] for pair in pairs]) for side in range(2))

    assert both(one, other) == bytes([first and second for first, second in pairs])


def test_a_number_that_fits_no_byte_is_the_largest_that_does() -> None:
    assert bytes_of([0, 255, 256, 70_000]) == bytes([0, 255, 255, 255])


@given(st.lists(st.integers(0, 0xFFFF)))
def test_numbers_of_two_bytes_are_classed_by_edges_as_smaller_ones_are(values: list[int]) -> None:
    edges = [16, 48, 160, 256, 512, 25_600]

    found = wide_classes(wide_table(edges), struct.pack(f"<{len(values)}H", *values))
    assert found == classes(edges, values)
