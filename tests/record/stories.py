"""Small reports with readings, for tests of the ledger."""

from sayso.terms import Attribution, Figure, Phrase, Reading, Report, Span, Speaker


def phrase(text: str, words: str) -> Phrase:
    """The first place of ``words`` in ``text``."""
    start = text.index(words)
    return Phrase.of(text, (Span(start, start + len(words)),))


def reading(number: int = 0, outlet: str | None = "Orrin Post") -> Reading:
    """A report of two statements, one within the other, and a figure; another one for every number."""
    text = (
        f"VELL — Water stood {number + 2} metres deep in ward {number} on Sunday, Mayor Ilva Dorn said. The river "
        f"guard had told her that {number + 40} families left their homes, she added."
    )
    outer = Attribution(
        "a1", None, phrase(text, "she"), phrase(text, "added"),
        phrase(text, f"The river guard had told her that {number + 40} families left their homes"),
        speaker=Speaker("Ilva Dorn", "named", "person", role="mayor"),
    )  # fmt: skip
    inner = Attribution(
        "a2", "a1", phrase(text, "The river guard"), phrase(text, "told"),
        phrase(text, f"{number + 40} families left their homes"),
        speaker=Speaker("River guard", "named", "organization"),
    )  # fmt: skip
    at = phrase(text, f"{number + 40} families").start
    figure = Figure(
        "f1", Span(at, at + len(str(number + 40))), str(number + 40), number + 40.0, number + 40.0, number + 40.0,
        "exact", "displaced", "families", "a2",
    )  # fmt: skip
    return Reading(Report(text, f"report {number}", outlet=outlet), (outer, inner), (figure,))
