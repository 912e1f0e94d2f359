"""``sayso batch``."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.options import iso_date

if TYPE_CHECKING:
    from sayso.batch.engine import Engine
    from sayso.batch.limits import Limits
    from sayso.batch.reading import Outcome, Work
    from sayso.batch.run import Plan, Tally
    from sayso.batch.weighing.steps import Found
    from sayso.cli.progress import Progress

EPILOG = """\b
Examples:
  sayso batch reports.jsonl out/
  sayso batch --jobs 2 --memory 3G archive/*.warc.gz out/
  sayso batch --engine ray --address auto news.parquet out/
  sayso batch --weigh reports.jsonl out/
  sayso batch --weigh out/
  sayso add out/

\b
Reads files and folders, as `sayso read` does, into a folder of Parquet files: reports, attributions, figures, readings,
skipped. With --weigh, or later with --weigh and the folder alone, the reports are then weighed against each other:
near_copies, stories, story_reports, claims, sayings, counts, relations, disputes, unweighed.
Stopped at any moment, the same command goes on where it was; once all is done, it does nothing.
Exit status: 0 done, 1 some documents skipped or stories not weighed (each is in the table skipped or unweighed, with
its reason), 2 wrong usage, 3 not finished (a full disk, reading processes that died), 130 interrupted."""
UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30}
LEAST = 512 * 2**20
MOST_NAMED = 100
STEPS = {
    "keys": "taking keys", "buckets": "finding near-copies", "copies": "comparing near-copies",
    "weeks": "grouping reports", "links": "linking weeks", "stories": "weighing stories",
}  # fmt: skip


def bytes_in(ctx: click.Context, param: click.Parameter, value: str) -> int:  # noqa: ARG001
    """A size such as 800M or 2G in bytes."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMG]?)(?:i?B)?", value.strip(), re.IGNORECASE)
    if found is None:
        raise click.BadParameter(f"{value!r} is no size such as 800M or 2G")
    size = int(float(found[1]) * UNITS[found[2].upper()])
    if size < LEAST:
        raise click.BadParameter(f"{value} is too little to read with: give at least {LEAST // 2**20}M")
    return size


@click.command("batch", epilog=EPILOG)
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.argument("to", metavar="FOLDER")
@click.option(
    "--engine", type=click.Choice(["pool", "ray"]), default="pool", show_default=True, help="What reads and weighs."
)
@click.option("--address", metavar="HOST:PORT", help="The Ray cluster to read on. [default: one on this machine]")
@click.option("--jobs", type=click.IntRange(1, 4096), help="Processes to read with. [default: one for each processor]")
@click.option("--memory", default="2G", show_default=True, callback=bytes_in, metavar="SIZE", help="For each of them.")
@click.option("--seconds", type=click.FloatRange(1), default=300, show_default=True, help="For one document or story.")
@click.option("--shard", type=click.IntRange(1), metavar="N", help="Documents kept together. [default: 256]")
@click.option("--outlet", metavar="NAME", help="Who published the reports, where they do not say it.")
@click.option("--title", metavar="WORDS", help="Their headline, where they do not say it.")
@click.option("--published", metavar="DATE", callback=iso_date, help="When, as an ISO date, likewise.")
@click.option("--lexicon", type=click.Path(exists=True, dir_okay=False), help="YAML file with word lists of your own.")
@click.option("--weigh", is_flag=True, help="Then find near-copies, stories and claims.")
@click.option("--anew", is_flag=True, help="Remove what an earlier run wrote into the folder.")
def command(
    paths: tuple[str, ...],
    to: str,
    engine: str,
    address: str | None,
    jobs: int | None,
    memory: int,
    seconds: float,
    shard: int | None,
    outlet: str | None,
    title: str | None,
    published: str | None,
    lexicon: str | None,
    weigh: bool,
    anew: bool,
) -> None:
    """Read collections of any size into Parquet files."""
    from sayso.adding import reader_version
    from sayso.batch.limits import Limits
    from sayso.batch.reading import Reads
    from sayso.batch.run import Plan
    from sayso.ingest import Defaults
    from sayso.reader.reader import reader_with
    from sayso.show.export.parquet import needed

    if address and engine != "ray":
        raise click.UsageError("--address is for --engine ray")
    if not paths and (anew or not weigh):
        raise click.UsageError("Missing argument 'PATH...': only --weigh goes without, on a batch that is read")
    needed()
    engines, failed = _Engines(engine, address, jobs, Limits(memory, seconds)), 0
    if paths:
        reader_with(lexicon)
        given = {"reader": reader_version(lexicon), "outlet": outlet, "title": title, "published": published}
        work = Reads(Defaults(outlet, published, title), lexicon)
        failed += _run(Plan(paths, Path(to), given, shard, anew), lambda tick: engines.made(work, tick))
    if weigh:
        failed += _weigh(Path(to), engines)
    raise click.exceptions.Exit(1 if failed else 0)


@dataclass(frozen=True)
class _Engines:
    """The engine that was chosen, for whatever work."""

    name: str
    address: str | None
    jobs: int | None
    limits: "Limits"

    def made(self, work: "Work", tick: Callable[[], None] = lambda: None) -> "Engine":
        if self.name == "ray":
            from sayso.batch.cluster import Cluster

            return Cluster(work, self.limits, self.jobs, self.address)
        from sayso.batch.pool import Pool

        return Pool(work, self.jobs or _processors(), self.limits, tick)


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _run(plan: "Plan", made: "Callable[[Callable[[], None]], Engine]") -> int:
    """Run it, and tell how it goes; how many documents are skipped."""
    from sayso.batch.run import Tally, run
    from sayso.cli.progress import progress
    from sayso.ingest.counting import expected

    tally = Tally()
    with progress("reading", expected(plan.paths)) as bar:
        shown = _Shown(bar, tally)
        try:
            run(plan, lambda: made(shown.tick), tally, shown.tell)
        finally:
            for line in summary(tally, plan.to):
                bar.say(line)
    return tally.skipped


def _weigh(to: Path, engines: _Engines) -> int:
    """Weigh it, and tell how it goes; how much could not be weighed."""
    from sayso.batch.weighing.run import weigh_batch
    from sayso.batch.weighing.steps import Found
    from sayso.batch.weighing.tasks import Weighs
    from sayso.show.printable import printable

    found = Found()
    try:
        with _bars() as tell:
            weigh_batch(to, lambda: engines.made(Weighs()), engines.limits, found, tell)
    finally:
        for line in weighed(found, to) if found.rows or found.parts else ():
            click.echo(printable(line), err=True)
    return len(found.failed)


@contextmanager
def _bars() -> Iterator[Callable[[str, int, int], None]]:
    """Shows a bar for each step, one after the other."""
    from sayso.cli.progress import progress

    with ExitStack() as stack:
        shown: dict[str, Progress] = {}

        def tell(step: str, done: int, whole: int) -> None:
            if step not in shown:
                stack.close()
                shown[step] = stack.enter_context(progress(STEPS[step], whole or None))
            shown[step].at(done)

        yield tell


class _Shown:
    """Shows how far the run is: what is kept, and what has been begun of the shards that are being read."""

    def __init__(self, bar: "Progress", tally: "Tally") -> None:
        self._bar, self._tally = bar, tally
        self._begun = self._named = 0

    def tick(self) -> None:
        self._begun += 1
        self._show()

    def tell(self, outcome: "Outcome | None") -> None:
        if outcome is not None:
            self._begun = max(0, self._begun - outcome.bounds.documents)
            self._name(outcome)
        self._show()

    def _show(self) -> None:
        self._bar.at(self._tally.documents + self._begun, f"{self._tally.rate} words/s")

    def _name(self, outcome: "Outcome") -> None:
        from sayso.show.printable import printable

        for skipped in outcome.skipped[: MOST_NAMED - self._named]:
            self._bar.say(printable(f"skipped {skipped.where}: {skipped.reason}"))
        before, self._named = self._named, min(MOST_NAMED, self._named + len(outcome.skipped))
        if before < MOST_NAMED <= self._named:
            self._bar.say("what is skipped from here on is named in the table of that name only")


def summary(tally: "Tally", to: Path) -> list[str]:
    """What the folder holds, in lines for a person."""
    rows = tally.rows
    new = tally.shards - tally.again
    head = (
        f"{rows['reports']} reports with {rows['attributions']} attributions and {rows['figures']} figures, "
        f"{tally.skipped} documents skipped, in {to}"
    )
    how = f"{new} shards read in {tally.seconds:.1f} s ({tally.rate} words/s), {tally.again} there already"
    return [head, how, *(f"  skipped {count}: {reason}" for reason, count in tally.reasons.most_common(10))]


def weighed(found: "Found", to: Path) -> list[str]:
    """What weighing found, in lines for a person."""
    rows = found.rows
    told = ("stories", "claims", "sayings", "counts", "disputes", "near_copies")
    numbers = ", ".join(f"{rows[table]} {table.replace('_', '-')}" for table in told)
    head = f"{numbers}, {len(found.failed)} parts not weighed, in {to}"
    how = f"{found.parts - found.again} parts done in {found.seconds:.1f} s, {found.again} there already"
    named = [f"  not weighed {where}: {reason}" for _, where, reason in found.failed[:MOST_NAMED]]
    return [head, how, *named]
