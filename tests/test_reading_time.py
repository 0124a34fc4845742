from reader.reading_time import count_words, minutes


def test_words_are_counted_across_blocks():
    assert count_words("one two three\n\nfour five") == 5


def test_no_text_has_no_words():
    assert count_words("") == 0


def test_ideographs_count_by_reading_speed():
    assert count_words("海" * 380) == 1 + round(380 / 1.6)


def test_a_short_text_takes_a_minute():
    assert minutes(3) == 1
    assert minutes(238 * 5) == 5
