"""Tables are looked up for all blocks at once, and say what they say of each block alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cleaning import packaged_rules
from reader.cleaning.weights import UNIT, Weights, add_up, parse_weights

TABLE = """
base = 25
[[alone]]
rows = "size"
columns = "size"
why = "its length"
weights = '''
0 -5
700 3
'''
[[among]]
rows = "own"
columns = "size"
why = "its looks"
weights = '''
1 2 2
1 2 2
-400 0 0
'''
[signs]
"-0.5" = "menu login"
"""


def weights() -> Weights:
    return parse_weights(TABLE)


def test_a_table_says_what_stands_in_its_file():
    tables = weights().among

    assert [
        [round(UNIT * sum(table.weight(row, column) for table in tables)) for column in range(3)]
        for row in range(3)
    ] == [
        [1, 2, 2],
        [1, 2, 2],
        [-400, 0, 0],
    ]


def test_a_class_that_learning_never_met_has_no_weight():
    tables = weights().among

    assert {sum(table.weight(*classes) for table in tables) for classes in ((9, 0), (0, 9), (31, 31))} == {
        0.0
    }


def test_signs_and_the_base_are_read_too():
    assert weights().signs == {"menu": -50, "login": -50}
    assert weights().base == 25


@given(st.lists(st.tuples(st.integers(0, 31), st.integers(0, 31), st.floats(-20, 20)), max_size=300))
def test_all_blocks_together_score_as_each_alone(blocks: list[tuple[int, int, float]]):
    tables = (*weights().alone, *weights().among) * 40
    columns = {"size": bytes(block[0] for block in blocks), "own": bytes(block[1] for block in blocks)}

    totals = add_up(tables, columns, [block[2] for block in blocks])

    assert totals == pytest.approx(
        [
            begin / UNIT
            + sum(
                table.weight(*({"size": size, "own": own}[name] for name in (table.rows, table.columns)))
                for table in tables
            )
            for size, own, begin in blocks
        ]
    )


def test_weights_too_large_for_two_bytes_are_refused():
    heavy = TABLE.replace("700", "60000")

    with pytest.raises(ValueError, match="too large"):
        parse_weights(
            heavy.replace("[signs]", heavy[heavy.index("[[alone]]") : heavy.index("[[among]]")] + "[signs]")
        )


def test_a_table_with_more_than_256_cells_that_differ_is_refused():
    rows = "\n".join(" ".join(str(20 * row + column) for column in range(20)) for row in range(20))

    with pytest.raises(ValueError, match="own and size"):
        parse_weights(TABLE.replace("1 2 2\n1 2 2\n-400 0 0", rows))


def test_the_packaged_tables_are_all_read():
    packaged = packaged_rules().weights

    assert len(packaged.alone) > 10
    assert len(packaged.among) > 50
