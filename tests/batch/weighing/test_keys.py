"""The keys of a shard hold its reports as the ledger would keep them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.adding import Tally
from sayso.batch.folder import Folder
from sayso.batch.loading import add_batch
from sayso.batch.tables import Read, Unread
from sayso.batch.weighing.keys import BAND, KEY, UNDATED, UNREAD, Keyed, Named, hashed, reading_of
from sayso.batch.weighing.pile import unpiled
from sayso.record.ledger import Ledger
from sayso.record.packing import unpack
from sayso.record.rows import report_id
from sayso.terms import Attribution, Phrase, Reading, Report, Skipped, Span, Speaker
from sayso.weigh.digests import digest, gist
from tests.batch.weighing.made import write_batch
from tests.strategies import readings
from tests.weighing.made import told


def keyed(batch: Path) -> dict[str, bytes]:
    tables = (Folder(batch).table(table, 0).read_bytes() for table in ("reports", "readings", "skipped"))
    return dict(Keyed("shard 0", *tables).do().files)


def kept(files: dict[str, bytes]) -> list[Reading]:
    pairs = zip(unpiled(files["readings"]), unpiled(files["texts"]), strict=True)
    return [reading_of(*pair) for pair in pairs]


def in_ledger(batch: Path, where: Path) -> list[Reading]:
    with Ledger(str(where)) as ledger:
        add_batch(ledger, str(batch), Tally())
        return list(ledger.readings())


@settings(max_examples=25)
@given(readings())
def test_a_reading_is_the_one_that_the_ledger_gives(tmp_path_factory: pytest.TempPathFactory, reading: Reading) -> None:
    folder = tmp_path_factory.mktemp("keys")
    batch = write_batch(folder / "out", [reading])
    assert kept(keyed(batch)) == in_ledger(batch, folder / "ledger.db")


@pytest.mark.parametrize("odd", ["\x00", "\ud800"])
def test_so_is_one_with_what_no_database_takes(tmp_path: Path, odd: str) -> None:
    text = f"Vell{odd} Wire said the gate of {odd}Lenn would open."
    who, said = (Phrase.of(text, (Span(*ends),)) for ends in ((0, 10), (16, len(text))))
    speaker = Speaker(who.text, "named", "outlet", f"of {odd}", candidates=(who.text,), names=(f"{odd}A", "B"))
    reading = Reading(Report(text, "r", outlet=odd), (Attribution("a1", None, who, None, said, 0.5, speaker=speaker),))
    batch = write_batch(tmp_path / "out", [reading])
    (found,) = kept(keyed(batch))
    assert [found] == in_ledger(batch, tmp_path / "ledger.db")
    assert odd not in repr(found)
    assert "\ufffd" in str(found.attributions[0].speaker.name)


def test_keys_are_in_the_order_of_documents_and_lead_to_the_readings(tmp_path: Path) -> None:
    some: list[Read] = [told(1), Unread(Report("Dit-il.", "fr"), "is in French"), Skipped("a", "is empty"),
                        told(2, day=None)]  # fmt: skip
    files = keyed(write_batch(tmp_path / "out", some))
    keys = np.frombuffer(files["keys"], KEY)
    wanted = [report_id(one.report) for one in some if not isinstance(one, Skipped)]
    assert [f"{number:016x}" for number in keys["id"].tolist()] == wanted
    assert keys["row"].tolist() == [0, UNREAD, 1]
    assert (keys["day"] == UNDATED).tolist() == [False, True, True]
    bands = np.frombuffer(files["bands"], BAND)
    assert bands["band"].tolist() == sorted(bands["band"].tolist())
    assert len(bands) == 20


@given(st.binary(max_size=40))
def test_hashes_have_no_zeros_that_arrays_would_drop(data: bytes) -> None:
    found = hashed(data.decode("latin-1"))
    assert np.array([found], "S16")[0] == found


@pytest.mark.parametrize("title", [None, "Gates open", "report 1"])
@pytest.mark.parametrize("text", [None, "  "])
def test_a_gist_by_another_name_is_that_of_the_report_called_so(
    tmp_path: Path, title: str | None, text: str | None
) -> None:
    one = told(1)
    changed = replace(one.report, title=title, text=text or one.report.text)
    reading = Reading(changed, () if text else one.attributions)
    (named,) = unpiled(keyed(write_batch(tmp_path / "out", [reading]))["gists"])
    for other in (None, "another"):
        wanted = reading if other is None else replace(reading, report=replace(reading.report, id=other))
        assert unpack(Named, named).called(other) == gist(digest(wanted))
