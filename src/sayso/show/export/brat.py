"""Readings as brat standoff: NAME.txt and NAME.ann for each report, and what brat must be told in .conf files.

Each attribution is one Content. Relations lead from it to its Source, to its Cue and to the Content that it lies
Within; its attributes and a note stand on it. (brat's events hang on a trigger, here the cue, and not every attribution
has one; a content is always there.) The .txt is the report's text character by character, but for line ends, which
are all line feeds, tabs, which are blanks, and control characters, which are U+FFFD: so readers that put line ends
right count as brat does. Offsets are code points. ``reports.jsonl`` tells which report each file holds.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, get_args

from sayso.show.export.files import write_lines
from sayso.show.export.utf8 import in_words, plain, sound, utf8
from sayso.show.export.whole import whole_folder
from sayso.show.statements import chain, flat, who
from sayso.terms import Act, Attribution, Figure, Form, Measure, Naming, Qualifier, Reading, Report, Span, Spans, Stance

SUFFIXES = frozenset({".txt", ".ann", ".conf", ".jsonl"})
LINE = re.compile(r"[^\n]+")
UNSAFE = re.compile(r"[^a-z0-9._-]+")
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")
LONGEST_NAME = 80
ROLES = {"source": "Source", "cue": "Cue"}
LINKS = {"source": "SaidBy", "cue": "CuedBy"}
ATTRIBUTES = {"Naming": Naming, "Stance": Stance, "Act": Act, "Form": Form}
COUNTS = {"Measure": Measure, "Qualifier": Qualifier}
SETTINGS = """\
[entities]
Source
Cue
Content
Figure

[relations]
SaidBy\tArg1:Content, Arg2:Source
CuedBy\tArg1:Content, Arg2:Cue
Within\tArg1:Content, Arg2:Content
GivenBy\tArg1:Figure, Arg2:Content
PartOf\tArg1:Figure, Arg2:Figure
<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>

[events]

[attributes]
"""
LOOKS = """\
[labels]
SaidBy | said by | by
CuedBy | cue | cue
Within | within | in
GivenBy | given by | by
PartOf | part of | of

[drawing]
SPAN_DEFAULT\tfgColor:black, bgColor:#e8e8e8, borderColor:darken
ARC_DEFAULT\tcolor:black, dashArray:-, arrowHead:triangle-5
Source\tbgColor:#8fd3e8
Cue\tbgColor:#f7e08a
Content\tbgColor:#e8e8e8
Figure\tbgColor:#a8dca8
"""


def export_brat(readings: Iterable[Reading], to: Path, *, overwrite: bool = False) -> int:
    """Write the readings into the folder ``to``, which is there when all are written; returns how many.

    InputError if the folder has files in it, or, where it may be overwritten, others than such an export makes.
    """
    with whole_folder(to, SUFFIXES, overwrite=overwrite) as folder:
        (folder / "annotation.conf").write_text(settings(), encoding="utf-8")
        (folder / "visual.conf").write_text(LOOKS, encoding="utf-8")
        with (folder / "reports.jsonl").open("wb") as index:
            return write_lines((_about(name, reading.report) for name, reading in _written(readings, folder)), index)


def settings() -> str:
    """What annotation.conf says: types, relations, and the values of each attribute."""
    of = [("Content", ATTRIBUTES), ("Figure", COUNTS)]
    lines = [
        f"{name}\tArg:{on}, Value:{'|'.join(get_args(values))}\n" for on, kinds in of for name, values in kinds.items()
    ]
    return SETTINGS + "".join(lines)


def _about(name: str, report: Report) -> dict[str, str | None]:
    return {"file": name} | {field: getattr(report, field) for field in ("id", "outlet", "title", "published", "url")}


def _written(readings: Iterable[Reading], folder: Path) -> Iterator[tuple[str, Reading]]:
    names = Names(folder)
    for reading in map(sound, readings):
        name, stream = names.new(reading.report.id)
        text, lines = standoff(reading)
        with stream:
            stream.write(utf8(text))
        (folder / f"{name}.ann").write_bytes(utf8(lines))
        yield name, reading


class Names:
    """Names of files that are safe on every system, one for each report."""

    def __init__(self, folder: Path) -> None:
        """Names of files in ``folder``."""
        self._folder = folder
        self._last: dict[str, int] = {}

    def new(self, id: str) -> tuple[str, BinaryIO]:
        """A name that no other has, made from the report's id, and its text file."""
        first = name = safe_name(id)
        while True:
            try:
                return name, (self._folder / f"{name}.txt").open("xb")
            except FileExistsError:
                self._last[first] = self._last.get(first, 1) + 1
                name = f"{first}-{self._last[first]}"


def safe_name(id: str) -> str:
    """The id in small letters, digits, ".", "-" and "_", as a name that no system keeps for itself."""
    name = UNSAFE.sub("_", id.lower())[:LONGEST_NAME].strip("._-") or "report"
    return f"report-{name}" if RESERVED.match(name) else name


def standoff(reading: Reading) -> tuple[str, str]:
    """What the .txt and the .ann of a reading hold."""
    lines = Standoff(plain(reading.report.text))
    contents: dict[str, str] = {}
    for attribution in reading.attributions:
        content = lines.content(attribution, reading.report.outlet)
        if content is not None:
            lines.relate("Within", content, contents.get(attribution.within or ""))
            contents[attribution.id] = content
    figures: dict[str, str] = {}
    for figure in reading.figures:
        counted = lines.figure(figure)
        if counted is not None:
            lines.relate("GivenBy", counted, contents.get(figure.by or ""))
            lines.relate("PartOf", counted, figures.get(figure.part_of or ""))
            figures[figure.id] = counted
    return lines.text, "".join(f"{line}\n" for line in lines.lines)


def fragments(text: str, spans: Spans) -> list[Span]:
    """The spans in order, apart from each other, cut at line ends, without blanks at their edges or empty ones."""
    out: list[Span] = []
    for span in sorted(spans):
        start = max(span.start, out[-1].end if out else 0)
        for line in LINE.finditer(text, start, max(span.end, start)):
            found = line.group()
            first = line.start() + len(found) - len(found.lstrip())
            if found.strip():
                out.append(Span(first, first + len(found.strip())))
    return out


class Standoff:
    """The lines of one .ann file as they are added."""

    def __init__(self, text: str) -> None:
        """Lines about ``text``."""
        self.text = text
        self.lines: list[str] = []
        self._numbers: dict[str, int] = {}

    def content(self, a: Attribution, outlet: str | None) -> str | None:
        """Add an attribution; the id of its content, or None if that has no letters."""
        content = self._bound("Content", a.content.spans)
        if content is None:
            return None
        for role, kind in ROLES.items():
            phrase = getattr(a, role)
            self.relate(LINKS[role], content, self._bound(kind, phrase.spans) if phrase else None)
        self._attributes(content, {"Naming": a.speaker.naming, "Stance": a.stance, "Act": a.act, "Form": a.form})
        self._note(content, f"{a.id}; speaker: {who(a)}; chain: {' → '.join(chain(a, outlet))}")
        return content

    def figure(self, figure: Figure) -> str | None:
        """Add a figure; its id, or None if it has no letters."""
        bound = self._bound("Figure", (figure.span,))
        if bound is not None:
            self._attributes(bound, {"Measure": figure.measure, "Qualifier": figure.qualifier})
            known = {name: getattr(figure, name) for name in ("value", "low", "high", "counted", "as_of", "place")}
            told = [f"{name}: {in_words(value)}" for name, value in known.items() if value is not None]
            self._note(bound, "; ".join((figure.id, *told)))
        return bound

    def relate(self, kind: str, one: str, other: str | None) -> None:
        """Add a relation, unless there is nothing at its other end."""
        if other is not None:
            self._add("R", f"{kind} Arg1:{one} Arg2:{other}")

    def _bound(self, kind: str, spans: Spans) -> str | None:
        found = fragments(self.text, spans)
        places = ";".join(f"{start} {end}" for start, end in found)
        words = " ".join(self.text[start:end] for start, end in found)
        return self._add("T", f"{kind} {places}\t{words}") if found else None

    def _attributes(self, of: str, values: dict[str, str]) -> None:
        for name, value in values.items():
            self._add("A", f"{name} {of} {value}")

    def _note(self, of: str, words: str) -> None:
        self._add("#", f"AnnotatorNotes {of}\t{plain(flat(words))}")

    def _add(self, letter: str, line: str) -> str:
        self._numbers[letter] = self._numbers.get(letter, 0) + 1
        name = f"{letter}{self._numbers[letter]}"
        self.lines.append(f"{name}\t{line}")
        return name
