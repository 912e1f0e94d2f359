"""From a report to its reading."""

from functools import cached_property, lru_cache
from pathlib import Path

from sayso.lexicon import Lexicon, lexicon_with
from sayso.reader.decode import Found
from sayso.reader.encode import WEIGHTS, Network
from sayso.reader.figures import find_figures
from sayso.reader.identify import identify
from sayso.reader.nest import nest
from sayso.reader.segment import Segmenter
from sayso.reader.tidy import Quotations, continue_quotations, tidy
from sayso.terms.reading import Attribution, Reading
from sayso.terms.report import Report

SURE_WITHOUT_SOURCE = 0.97


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
        found = self._network.attributions(self._segmenter.windows(text))
        clean = [t for f in found if is_credible(f) and (t := tidy(f, marks)) is not None]
        return nest(text, continue_quotations(clean, marks))


def is_credible(found: Found) -> bool:
    """Whether to believe the network: without a source to hold on to, its cue must be surer."""
    return bool(found.source) or found.confidence >= SURE_WITHOUT_SOURCE


@lru_cache(maxsize=4)
def reader_with(lexicon: str | None) -> Reader:
    """The reader with the shipped weights, and a user's own word lists before the shipped ones."""
    return Reader(lexicon=lexicon_with(Path(lexicon)) if lexicon else None)


def default_reader() -> Reader:
    """The reader with the shipped weights and word lists."""
    return reader_with(None)


def read_report(report: Report, lexicon: str | None = None) -> Reading:
    """The reading of ``report`` by the shipped weights."""
    return reader_with(lexicon).read(report)
