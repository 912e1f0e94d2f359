"""The web application under load: a generated ledger, 50 readers at once for a minute, and somebody who corrects.

``python -m bench.web [--reports N] [--pause S]``. Every reader opens pages of all kinds, one after the other, and looks
at each for ``--pause`` seconds; once a second a statement is corrected. Measured are errors, how long pages take, how
large they are, how long the first one takes after the start, and whether every correction is in the ledger afterwards.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote, urlencode

from bench import lineage_maker
from bench.ledger import Maker, fill
from sayso import weighing
from sayso.record.ledger import Ledger
from sayso.terms import Attribution, Figure, Phrase, Reading, Report, Span

REPORTS, CLIENTS, SECONDS, PAUSE = 2_000, 50, 60.0, 3.0
MORE, A_DAY = 4, 100
GOALS = {"page p95, ms": 300.0, "first page, ms": 1000.0, "largest page, kB": 500.0, "errors": 0.0, "lost": 0.0}
COUNT = re.compile(r"(\d+) people")
FORM = {"content-type": "application/x-www-form-urlencoded"}


class Stories(Maker):
    """Makes reports that tell stories: what ``lineage_maker`` has repeated, and statements that no other report has."""

    def __init__(self) -> None:
        """Nothing is made yet."""
        super().__init__()
        self.told = lineage_maker.Maker(7)
        self.waiting: list[Reading] = []
        self.number = 0

    def reading(self, number: int) -> Reading:
        """The next report of the story in hand, or the first of another."""
        if not self.waiting:
            self.waiting = self.told.story(self.number).readings[::-1]
            self.number += 1
        return joined(self.waiting.pop(), super().reading(number), number // A_DAY)


def joined(story: Reading, other: Reading, days: int) -> Reading:
    """One report with the statements of both, ``MORE`` of the other's; every count in the first one's is a figure.

    It is published so many ``days`` later than the story would be.
    """
    first, more = story.report, other.attributions[:MORE]
    text = f"{first.text}\n{other.report.text[: more[-1].content.spans[-1].end]}."
    shift = len(first.text) + 1
    published = (date.fromisoformat(first.published or "") + timedelta(days)).isoformat()
    report = Report(text, first.id, first.outlet, first.title, published=published, credit=first.credit)
    moved = tuple(_moved(one, text, shift, len(story.attributions)) for one in more)
    return Reading(report, (*story.attributions, *moved), tuple(_figures(story)))


def _moved(one: Attribution, text: str, shift: int, before: int) -> Attribution:
    def phrase(old: Phrase | None) -> Phrase | None:
        spans = () if old is None else tuple(Span(span.start + shift, span.end + shift) for span in old.spans)
        return Phrase.of(text, spans) if spans else None

    content = phrase(one.content)
    assert content  # noqa: S101 - for the type
    number = int(one.id[1:]) + before
    return Attribution(
        f"a{number}", None, phrase(one.source), phrase(one.cue), content, 0.9, act=one.act, speaker=one.speaker
    )


def _figures(story: Reading) -> list[Figure]:
    out: list[Figure] = []
    for one in story.attributions:
        start = one.content.spans[0].start
        for found in COUNT.finditer(one.content.text):
            span = Span(start + found.start(1), start + found.end(1))
            value = float(found[1])
            text = found[1]
            out.append(Figure(f"f{len(out)}", span, text, value, value, value, "exact", "killed", "people", one.id))
    return out


@dataclass
class Places:
    """Addresses of pages, by their kind."""

    kinds: dict[str, list[str]]
    statements: list[str]


def places(where: str, maker: Maker) -> Places:
    """Pages of every kind that the ledger has."""
    with Ledger(where, readonly=True) as ledger:
        listed = weighing.stories(ledger, limit=300, order="size")
        wholes = [whole for one in listed[:60] if (whole := weighing.story(ledger, one.id))]
        judged = [ledger.find(reading.report) for reading, _ in zip(ledger.readings(), range(400), strict=False)]
    reports = [one.id for one in judged if one]
    claims = [claim.id for whole in wholes for claim in whole.story.claims[:20]]
    series = [f"/figures/{whole.story.id}/{one.id}" for whole in wholes for one in whole.series[:5]]
    words = [maker.words[int(maker.random.random() ** 2 * 3_000)] for _ in range(200)]
    kinds = {
        "desk": ["/"], "stories": [f"/stories?offset={50 * n}" for n in range(max(len(listed) // 50, 1))],
        "story": [f"/stories/{one.id}" for one in listed], "claim": [f"/claims/{one}" for one in claims],
        "figures": ["/figures"], "figure": series or ["/figures"],
        "report": [f"/reports/{one}" for one in reports],
        "statement": [f"/reports/{one}?statement=a2" for one in reports],
        "sources": ["/sources", "/sources?who=unnamed", "/sources?who=outlets"],
        "speaker": [f"/sources/speaker/{quote(maker.some(maker.names), safe='')}" for _ in range(100)],
        "search": [f"/search?q={word}" for word in words],
        "search filtered": [f"/search?{urlencode({'q': word, 'naming': 'unnamed'})}" for word in words],
        "search by meaning": [f"/search?{urlencode({'q': word, 'by': 'meaning'})}" for word in words],
        "review": ["/review"], "add": ["/add"], "api": [f"/api/v1/reports/{one}" for one in reports],
    }  # fmt: skip
    return Places(kinds, reports)


@dataclass
class Seen:
    """What the readers saw: milliseconds and bytes by kind, and what went wrong."""

    taken: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    sizes: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    wrong: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)


def ask(connection: HTTPConnection, address: str, seen: Seen, kind: str) -> None:
    """Open a page."""
    begun = time.perf_counter()
    try:
        connection.request("GET", address)
        answer = connection.getresponse()
        body = answer.read()
    except (OSError, HTTPException) as error:
        seen.wrong.append(f"{address}: {error!r}")
        connection.close()
        return
    seen.taken[kind].append(1000 * (time.perf_counter() - begun))
    seen.sizes[kind] = max(seen.sizes[kind], len(body))
    if answer.status != 200:
        seen.wrong.append(f"{address}: {answer.status}")


def reader(number: int, port: int, found: Places, seen: Seen, ends: float, pause: float) -> None:
    """Open one page after the other until it is time to stop; readers go round in different steps."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    kinds, at = list(found.kinds), number
    time.sleep(pause * number / CLIENTS)
    while time.monotonic() < ends:
        kind = kinds[at % len(kinds)]
        ask(connection, found.kinds[kind][(at * 7 + number * 13) % len(found.kinds[kind])], seen, kind)
        at += 1
        time.sleep(pause)
    connection.close()


def corrector(port: int, found: Places, seen: Seen, ends: float) -> None:
    """Correct a statement a second."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/add")
    answer = connection.getresponse()
    cookie = (answer.getheader("set-cookie") or "").partition(";")[0]
    key = re.search(r'name="key" value="(\w+)"', answer.read().decode())
    while key and time.monotonic() < ends:
        number = len(seen.sent)
        value = f"Corrected Name {number}"
        form = {
            "key": key[1], "report": found.statements[number % len(found.statements)], "thing": "a1",
            "verdict": "correct", "field": "speaker", "value": value,
        }  # fmt: skip
        begun = time.perf_counter()
        connection.request("POST", "/judge", urlencode(form), FORM | {"cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        seen.taken["correction"].append(1000 * (time.perf_counter() - begun))
        if answer.status != 303:
            seen.wrong.append(f"correction: {answer.status}")
        seen.sent.append(value)
        time.sleep(max(0.0, 1 - (time.perf_counter() - begun)))
    connection.close()


def served(where: str) -> tuple[subprocess.Popen[str], int, float]:
    """A server of its own process, its port, and the milliseconds from starting it to having the first page."""
    begun = time.perf_counter()
    command = [str(Path(sys.executable).with_name("sayso")), "serve", "--ledger", where, "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr  # noqa: S101 - for the type
    port = int(re.findall(r":(\d+)/", process.stderr.readline())[0])
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    while True:
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
            return process, port, 1000 * (time.perf_counter() - begun)
        except ConnectionError:
            connection.close()
            time.sleep(0.01)


def load(port: int, found: Places, seconds: float, pause: float) -> Seen:
    """All readers and the corrector, together."""
    seen, ends = Seen(), time.monotonic() + seconds
    threads = [
        threading.Thread(target=reader, args=(number, port, found, seen, ends, pause)) for number in range(CLIENTS)
    ]
    threads.append(threading.Thread(target=corrector, args=(port, found, seen, ends)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def measured(where: str, maker: Maker, seconds: float, pause: float) -> tuple[dict[str, float], Seen]:
    """The numbers for a ledger, and all that was seen."""
    found = places(where, maker)
    process, port, first = served(where)
    try:
        seen = load(port, found, seconds, pause)
        memory = int(re.findall(r"RssAnon:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())[0]) / 1024
    finally:
        process.terminate()
        process.wait()
    with Ledger(where, readonly=True) as ledger:
        kept = {one.value for one in ledger.judgements()}
    pages = [taken for kind, times in seen.taken.items() if kind != "correction" for taken in times]
    return {
        "pages": float(len(pages)), "pages a second": len(pages) / seconds, "page median, ms": statistics.median(pages),
        "page p95, ms": statistics.quantiles(pages, n=20)[-1], "first page, ms": first,
        "largest page, kB": max(seen.sizes.values()) / 1000, "errors": float(len(seen.wrong)),
        "corrections": float(len(seen.sent)), "lost": float(len(set(seen.sent) - kept)),
        "memory at the end, MB": memory,
    }, seen  # fmt: skip


def told(numbers: dict[str, float], seen: Seen) -> None:
    """Print a line for each kind of page, then the numbers."""
    for kind, taken in seen.taken.items():
        ends = statistics.quantiles(taken, n=20) if len(taken) > 1 else taken * 19
        size = seen.sizes[kind] / 1000
        print(f"{kind:20}{len(taken):7}{statistics.median(taken):9.1f}{ends[-1]:9.1f} ms{size:9.1f} kB")
    for name, value in numbers.items():
        print(f"{name:20}{value:12.1f}")
    for problem in seen.wrong[:10]:
        print(problem, file=sys.stderr)


def main() -> None:
    """Make a ledger, load its server, print what was measured; exit 1 if a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.web", description=__doc__)
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--pause", type=float, default=PAUSE, help="how long a reader looks at a page")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="where the ledger is kept for the next time")
    parser.add_argument("--save", type=Path, metavar="FILE", help="also write the numbers as JSON")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where, maker = str(args.keep or Path(folder) / "ledger.db"), Stories()
        if not Path(where).exists():
            with Ledger(where) as ledger:
                fill(ledger, maker, range(args.reports))
                weighing.refresh(ledger, jobs=2)
        numbers, seen = measured(where, maker, args.seconds, args.pause)
    told(numbers, seen)
    if args.save:
        args.save.write_text(json.dumps(numbers, indent=1) + "\n")
    missed = [name for name, most in GOALS.items() if numbers[name] > most]
    for name in missed:
        print(f"{name} is {numbers[name]:.1f}: above its goal of {GOALS[name]:.0f}", file=sys.stderr)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
