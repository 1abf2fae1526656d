"""How long Ada reads, told from what Otto wrote."""

from authoring.words import count_words, reading_minutes


def test_prose_is_counted_and_code_and_openers_are_not():
    text = "One two three.\n\n```\nfour five\n```\n\n::: note\nIt\u2019s six.\n:::\n\n| a | b |\n|---|---|\n"
    assert count_words(text) == 3 + 2 + 2


def test_reading_takes_a_minute_at_least_and_a_minute_more_for_each_238_words():
    assert [reading_minutes("word " * count) for count in (0, 1, 238, 239, 1190)] == [1, 1, 1, 2, 5]
