"""A report's text with its spans in brackets, for where there are no colours."""

from collections.abc import Iterator

from sayso.terms import Reading, Span

BRACKETS = {"content": "{}", "source": "[]", "cue": "<>"}
KEY = "[source]  <cue>  {content}"


def bracketed(reading: Reading) -> str:
    """The text with brackets around each source, cue and content; enclosing ones stand outside."""
    text, done, parts = reading.report.text, 0, list[str]()
    for place, *_, bracket in sorted(_brackets(reading)):
        parts += [text[done:place], bracket]
        done = place
    return "".join(parts) + text[done:]


def _brackets(reading: Reading) -> Iterator[tuple[int, bool, int, int, str]]:
    """(place, whether it opens, what sorts enclosing ones outside, …, bracket)."""
    for rank, span, brackets in sorted(_marked(reading)):
        yield span.start, True, -span.end, rank, brackets[0]
        yield span.end, False, -span.start, -rank, brackets[1]


def _marked(reading: Reading) -> set[tuple[int, Span, str]]:
    return {
        (rank, span, brackets)
        for attribution in reading.attributions
        for rank, (role, brackets) in enumerate(BRACKETS.items())
        if (phrase := getattr(attribution, role)) is not None
        for span in phrase.spans
        if span.start < span.end
    }
