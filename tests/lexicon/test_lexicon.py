from pathlib import Path

import pytest

from sayso.errors import LexiconError
from sayso.lexicon import Lexicon, default_lexicon, lexicon_with
from sayso.lexicon.lexicon import KINDS, CueWord
from sayso.lexicon.loader import load, parse


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return default_lexicon()


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_file_loads_and_opens_with_a_comment(name: str) -> None:
    assert load(name, KINDS[name])
    path = Path(__file__).parents[2] / f"src/sayso/lexicon/{name}.yml"
    assert path.read_text().startswith("#")


def test_names_lead_to_their_records(lexicon: Lexicon) -> None:
    assert lexicon.government_of["Tel Aviv"].name == "Israel"
    assert lexicon.government_of["the Kremlin"].name == "Russia"
    assert lexicon.country_of["Danish"].name == "Denmark"
    assert lexicon.body_of["Islamic Resistance Movement"].name == "Hamas"
    assert lexicon.outlet_of["AFP"].name == "Agence France-Presse"
    assert lexicon.head_of["spokeswomen"].word == "spokeswoman"


@pytest.mark.parametrize(
    ("form", "cue"), [("told", "tell"), ("denies", "deny"), ("claimed", "claim"), ("ruled out", "rule out")]
)
def test_inflections(lexicon: Lexicon, form: str, cue: str) -> None:
    assert lexicon.cue_of[form].cue == cue


def test_an_unknown_field_is_an_error_that_names_the_record() -> None:
    with pytest.raises(LexiconError, match=r"cues\.yml, record 2: unknown field colour"):
        parse("- {cue: say, act: state, stance: neutral}\n- {cue: a, colour: red}", CueWord, "cues.yml")
    with pytest.raises(LexiconError, match="record 1"):
        parse("- {cue: say}", CueWord, "x.yml")


def test_a_file_of_ones_own_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "my.yml"
    path.write_text('outlets: [{name: "Orrin Post", aliases: ["OP"]}]\n')
    assert lexicon_with(path).outlet_of["OP"].name == "Orrin Post"
    path.write_text("nonsense: []\n")
    with pytest.raises(LexiconError, match="must map"):
        lexicon_with(path)


def test_the_longest_name_is_known_by_its_first_word(lexicon: Lexicon, tmp_path: Path) -> None:
    assert lexicon.name_sizes["United"] >= 4
    path = tmp_path / "my.yml"
    path.write_text('bodies: [{name: "…"}, {name: "Orrin Harbour Trust Fund"}]\n')
    assert lexicon_with(path).name_sizes["Orrin"] == 4
