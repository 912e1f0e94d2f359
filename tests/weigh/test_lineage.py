from bench.lineage import measure, weigh
from bench.lineage_maker import Maker


def test_generated_stories_are_folded_and_counted_as_promised() -> None:
    found = measure(600)
    assert found["folding precision"] >= 0.98
    assert found["folding recall"] >= 0.90
    assert found["count error, sayso"] < 0.15
    assert found["count error, sayso"] < found["count error, bodies"]


def test_the_same_seed_makes_the_same_story() -> None:
    first, second = Maker(7).story(3), Maker(7).story(3)
    assert (first.readings, first.origins) == (second.readings, second.origins)


def test_spans_and_texts_of_generated_readings_agree() -> None:
    for reading in Maker(5).story(1).readings:
        for item in reading.attributions:
            span = item.content.spans[0]
            assert reading.report.text[span.start : span.end] == item.content.text


def test_the_order_of_a_story_does_not_matter() -> None:
    story = Maker(11).story(1)
    forwards = weigh(story)
    story.readings.reverse()
    assert weigh(story)[1] == forwards[1]
    assert {s.id: s.echo_of for s in weigh(story)[0]} == {s.id: s.echo_of for s in forwards[0]}
