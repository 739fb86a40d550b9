"""Charts: numbers as SVG without a style, from either side, with gaps for what is hidden."""

import re

from matcher.web.console.charts import HEIGHT, WIDTH, bar, highest, line, spread, swing


def test_a_line_has_gaps_where_numbers_are_hidden_and_a_dot_for_one_alone() -> None:
    drawn = line([20, 30, None, 40, None], label="x", is_mirrored=False)

    assert len(re.findall('<path class="first"', drawn)) == 1
    assert len(re.findall('<circle class="first"', drawn)) == 1
    assert "style" not in drawn


def test_nothing_is_drawn_outside_its_box_also_where_nothing_is_shown() -> None:
    for series in ([15, 100, 15], [100], [None, None], []):
        drawn = line(series, label="x", is_mirrored=False)
        for x, y in re.findall(r"(\d+) (\d+)", "".join(re.findall(' d="([^"]+)"', drawn))):
            assert 0 <= int(x) <= WIDTH
            assert 0 <= int(y) <= HEIGHT


def test_time_runs_from_the_right_where_people_read_from_there() -> None:
    series = [15, 100]

    left, right = (line(series, label="x", is_mirrored=m) for m in (False, True))

    assert 'd="M0 ' in left
    assert f'd="M{WIDTH} ' in right


def test_a_bar_is_as_long_as_its_number_and_what_is_hidden_has_none() -> None:
    assert 'x="0" y="0" width="50"' in bar(20, 40, name="first", is_mirrored=False)
    assert 'x="50" y="0" width="50"' in bar(20, 40, name="first", is_mirrored=True)
    assert 'width="0"' in bar(None, 40, name="first", is_mirrored=False)
    assert 'width="0"' in bar(None, 0, name="first", is_mirrored=False)
    assert highest([15, None, 20]) == 20


def test_a_gain_goes_forward_from_the_middle_and_a_loss_back_in_either_direction() -> None:
    gain, loss = (swing(by, 20, is_mirrored=False) for by in (10, -20))
    there, back = (swing(by, 20, is_mirrored=True) for by in (10, -20))

    assert 'class="first" x="50" y="0" width="25"' in gain
    assert 'class="second" x="0" y="0" width="50"' in loss
    assert 'class="first" x="25" y="0" width="25"' in there
    assert 'class="second" x="50" y="0" width="50"' in back
    for nothing in (swing(None, 20, is_mirrored=False), swing(0, 0, is_mirrored=False)):
        assert 'width="0"' in nothing


def test_what_is_left_open_lies_around_the_middle_in_either_direction() -> None:
    there = spread((5, 10, 20), 20, name="first", is_mirrored=False)
    back = spread((5, 10, 20), 20, name="first", is_mirrored=True)
    around = spread((-10, 5, 20), 20, name="open", is_mirrored=False)

    assert 'class="first" x="62.5" y="4" width="37.5"' in there
    assert 'class="mark" x="74.5"' in there
    assert 'class="first" x="0" y="4" width="37.5"' in back
    assert 'class="mark" x="24.5"' in back
    assert 'class="open" x="25" y="4" width="75"' in around
    assert 'width="0"' in spread((0, 0, 0), 0, name="open", is_mirrored=False)
    assert "style" not in there


def test_words_in_a_label_cannot_leave_it() -> None:
    assert "<script" not in line([], label='"><script>', is_mirrored=False)
