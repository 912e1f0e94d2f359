"""From a report to its reading."""

from functools import cached_property, lru_cache
from pathlib import Path

from sayso.lexicon import Lexicon
from sayso.reader.encode import WEIGHTS, Network
from sayso.reader.figures import find_figures
from sayso.reader.identify import identify
from sayso.reader.nest import nest
from sayso.reader.segment import Segmenter
from sayso.reader.tidy import Quotations, continue_quotations, tidy
from sayso.terms.reading import Attribution, Reading
from sayso.terms.report import Report


class Reader:
    """Reads reports. The network is loaded at the first report and kept."""

    def __init__(self, weights: Path = WEIGHTS, lexicon: Lexicon | None = None) -> None:
        """``weights`` is a folder that ``training`` wrote; ``lexicon`` replaces the shipped word lists."""
        self._weights, self._lexicon = weights, lexicon

    @cached_property
    def _network(self) -> Network:
        return Network(self._weights)

    @cached_property
    def _segmenter(self) -> Segmenter:
        return Segmenter(self._weights / "tokenizer.json")

    def read(self, report: Report) -> Reading:
        """Every attribution and figure of ``report``. Never raises because of what the text holds."""
        found = identify(report, self.attributions(report.text), self._lexicon)
        return Reading(report, found, find_figures(report, found))

    def attributions(self, text: str) -> tuple[Attribution, ...]:
        """The attributions of ``text`` as spans, without who they belong to."""
        marks = Quotations(text)
        found = [f for w in self._segmenter.windows(text) for f in self._network.attributions(w)]
        clean = [t for f in found if (t := tidy(f, marks)) is not None]
        return nest(text, continue_quotations(clean, marks))


@lru_cache(maxsize=1)
def default_reader() -> Reader:
    """The reader with the shipped weights."""
    return Reader()


def read_report(report: Report) -> Reading:
    """The reading of ``report`` by the shipped weights."""
    return default_reader().read(report)
