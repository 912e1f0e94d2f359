from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reader.identify import identify
from sayso.terms import Attribution, Phrase, Report, Span
from tests.marked import attributions_of
from training.markup import parse_passage


def identified(marked: str, header: str = "", **report: Any) -> dict[str, Attribution]:
    passage = parse_passage(marked, header)
    return {a.id: a for a in identify(Report(passage.text, **report), attributions_of(passage))}


@pytest.mark.parametrize(
    ("marked", "name", "naming", "kind"),
    [
        ("[s1 Energy Minister Nadia Ferro] [k1 said] [c1 it rained].", "Nadia Ferro", "named", "person"),
        ("[s1 Col. Dario Fenn, who leads the inquiry,] [k1 said] [c1 it rained].", "Dario Fenn", "named", "person"),
        ("[s1 the Danish government] [k1 said] [c1 it rained].", "Government of Denmark", "named", "organization"),
        ("[s1 Tehran] [k1 said] [c1 it rained].", "Government of Iran", "named", "organization"),
        ("[s1 The Islamic Resistance Movement] [k1 said] [c1 it rained].", "Hamas", "named", "organization"),
        ("[s1 The Norwegian newspaper Verdens Gang] [k1 said] [c1 it rained].", "Verdens Gang", "named", "outlet"),
        ("[s1 the Harlan Gazette] [k1 said] [c1 it rained].", "Harlan Gazette", "named", "outlet"),
        ("[s1 Two Peruvian diplomats] [k1 said] [c1 it rained].", None, "unnamed", "person"),
        ("[s1 Residents] [k1 said] [c1 it rained].", None, "unnamed", "group"),
        ("[s1 A leaked memo] [k1 says] [c1 it rained].", None, "unnamed", "document"),
        ("[s1 screenwriter Dana Pell] [k1 said] [c1 it rained].", "Dana Pell", "named", "person"),
        ("[s1 The injured welder] [k1 said] [c1 it rained].", None, "unnamed", "person"),
        ("[s1 A number of hydrologists] [k1 said] [c1 it rained].", None, "unnamed", "person"),
        (
            "[s1 a statement from the Danish government] [k1 said] [c1 no].",
            "Government of Denmark",
            "named",
            "organization",
        ),
        ("[s1 an article in the Harlan Gazette] [k1 said] [c1 no].", "Harlan Gazette", "named", "outlet"),
        ("[s1 Court records] [k1 show] [c1 it rained].", None, "unnamed", "document"),
        ("[s1 a banner on the road from Mexico City] [k1 read] [c1 no].", None, "unnamed", "document"),
        ("[s1 Harbourwire] [k1 reports] [c1 it rained].", "Harbourwire", "named", "outlet"),
        ("[k1 According to] [s1 orrin-today.com], [c1 it rained].", "orrin-today.com", "named", "outlet"),
        ("[s1 Residents] [k1 reported] [c1 it rained].", None, "unnamed", "group"),
        ("[s1 Further reports] [k1 claim] [c1 it rained].", None, "unnamed", "outlet"),
        (
            "[s1 the Institute for Tidal Studies] [k1 said] [c1 no].",
            "Institute for Tidal Studies",
            "named",
            "organization",
        ),
        ("[s1 Rally coach Tim Cook] [k1 said] [c1 it rained].", "Tim Cook", "named", "person"),
        ("[s1 Theologians] [k1 said] [c1 it rained].", None, "unnamed", "person"),
        ("[s1 The French website iOrrin.fr] [k1 claims] [c1 no].", "iOrrin.fr", "named", "outlet"),
        ("[s1 26-year-old Taug Dusk] [k1 said] [c1 it rained].", "Taug Dusk", "named", "person"),
        ("[s1 Ms Sarah Dusk King] [k1 said] [c1 it rained].", "Sarah Dusk King", "named", "person"),
        ("[s1 a Washington Post report] [k1 said] [c1 no].", "Washington Post", "named", "outlet"),
        ("[s1 The French site iOrrin] [k1 said] [c1 no].", "iOrrin", "named", "outlet"),
        ("[s1 The site] [k1 said] [c1 no].", None, "unnamed", "outlet"),
        ("[s1 Mr. Dusk’ sister, Lucy Dusk,] [k1 said] [c1 no].", "Lucy Dusk", "named", "person"),
        ("[s1 Karen Carpenter] [k1 said] [c1 it rained].", "Karen Carpenter", "named", "person"),
        ("[k1 According to] [s1 Isak Rune], [c1 it rained].", "Isak Rune", "named", "person"),
        (
            "[s1 a statement (in Arabic) from the Danish government] [k1 said] [c1 no].",
            "Government of Denmark",
            "named",
            "organization",
        ),
        ("[s1 a spokesman for Pavel Orlu] [k1 said] [c1 it rained].", None, "unnamed", "person"),
        ("[c1 The gang] [k1 reportedly] [c1 fled].", None, "unsourced", "none"),
    ],
)
def test_who(marked: str, name: str | None, naming: str, kind: str) -> None:
    speaker = identified(marked)["1"].speaker
    assert (speaker.name, speaker.naming, speaker.kind) == (name, naming, kind)


def test_affiliation_basis_and_count_of_unnamed_sources() -> None:
    speaker = identified("[s1 Two Peruvian officials familiar with the talks] [k1 said] [c1 it rained].")["1"].speaker
    assert (speaker.affiliation, speaker.basis, speaker.count) == ("Peru", "familiar with the talks", 2)


def test_pronouns_and_surnames_lead_to_the_full_name() -> None:
    found = identified(
        "[s1 Mayor Petra Lund] [k1 said] [c1 it rained]. [s2 She] [k2 added] [c2 it was cold]. "
        "[s3 Lund] [k3 said] [c3 no]."
    )
    assert [a.speaker.name for a in found.values()] == ["Petra Lund"] * 3


def test_a_pronoun_without_antecedent_stays_open_and_says_why() -> None:
    speaker = identified("[s1 He] [k1 said] [c1 it rained].")["1"].speaker
    assert speaker.name is None
    assert "no antecedent" in speaker.why


def test_a_told_outlet_relays_and_stays_for_the_same_speaker() -> None:
    found = identified(
        "[s1 Joel Amadi] [k1 told] Reuters [c1 it rained]. [s2 Amadi] [k2 said] [c2 roads were cut]. "
        "[s3 Mila Brandeis] [k3 said] [c3 schools were shut]."
    )
    assert [a.relays for a in found.values()] == [("Reuters",), ("Reuters",), ()]


def test_an_enclosing_outlet_relays_but_a_denial_does_not() -> None:
    quoted = "[s1 The daily Vesna] [k1 quoted] [s2 a guard] [k2 as saying] [c1 [c2 the gate was open]]."
    assert identified(quoted, "% x within=2<1")["2"].relays == ("Vesna",)
    denied = "[s1 The Pentagon] [k1 denied] [c1 that [s2 Iran] [k2 had warned] [c2 of the raid]]."
    assert identified(denied)["2"].relays == ()


@pytest.mark.parametrize(
    ("cue", "act", "stance"),
    [
        ("said", "state", "neutral"), ("denied", "deny", "neutral"), ("claimed", "state", "distanced"),
        ("acknowledged", "confirm", "endorsed"), ("pointed out", "state", "endorsed"), ("warned", "warn", "neutral"),
        ("has repeatedly called for", "call_for", "neutral"), ("vowed", "vow", "neutral"),
        ("declined to comment on", "refuse_comment", "neutral"), ("estimate", "estimate", "neutral"),
    ],
)  # fmt: skip
def test_act_and_stance(cue: str, act: str, stance: str) -> None:
    found = identified(f"[s1 Petra Lund] [k1 {cue}] [c1 the outcome of the vote].")["1"]
    assert (found.act, found.stance) == (act, stance)


@pytest.mark.parametrize(
    ("marked", "form"),
    [
        ("[c1 “We lost,”] [s1 she] [k1 said].", "direct"),
        ("[s1 She] [k1 called] it [c1 a “sad day”].", "mixed"),
        ("[s1 She] [k1 said] [c1 they lost].", "indirect"),
    ],
)
def test_form(marked: str, form: str) -> None:
    assert identified(marked)["1"].form == form


@pytest.mark.parametrize(
    ("when", "earliest", "latest", "grain"),
    [
        ("on Friday", "2031-05-02", "2031-05-02", "day"),
        ("yesterday", "2031-05-03", "2031-05-03", "day"),
        ("on April 9", "2031-04-09", "2031-04-09", "day"),
        ("last month", "2031-04-01", "2031-04-30", "month"),
        ("this week", "2031-04-28", "2031-05-04", "week"),
    ],
)
def test_said_on(when: str, earliest: str, latest: str, grain: str) -> None:
    found = identified(f"[s1 Petra Lund] [k1 said] {when} [c1 that it may rain].", published="2031-05-04")["1"]
    assert found.said is not None
    assert (found.said.earliest, found.said.latest, found.said.grain) == (earliest, latest, grain)
    assert found.said_on == (earliest if grain == "day" else None)


@pytest.mark.parametrize("words", ["who may resign", "in a second letter", "during the march"])
def test_words_that_only_look_like_times(words: str) -> None:
    assert (
        identified(f"[s1 Petra Lund] [k1 said] {words} [c1 that it rained].", published="2031-05-04")["1"].said is None
    )


@given(st.text(max_size=80), st.lists(st.integers(0, 80), min_size=6, max_size=6))
def test_nothing_raises(text: str, places: list[int]) -> None:
    cuts = sorted(min(p, len(text)) for p in places)
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    if all(span.start < span.end for span in spans):
        source, cue, content = (Phrase.of(text, (span,)) for span in spans)
        assert len(identify(Report(text), [Attribution("a1", None, source, cue, content)])) == 1


def names_of(marked: str) -> list[str | None]:
    return [a.speaker.name for a in identified(marked).values()]


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        (
            "[s1 A tour golfer] [k1 said] [c1 he won]. It was golfer Dan Rusk. [s2 Rusk] [k2 said] [c2 so].",
            ["Dan Rusk"] * 2,
        ),
        ("Mia Hollen, 31, fell off a roof. [s1 The 31-year-old] [k1 said] [c1 it hurt].", ["Mia Hollen"]),
        ("Mia Hollen fell off a roof. [s1 She] [k1 said] [c1 it hurt].", ["Mia Hollen"]),
        ("[s1 a leader of the front] [k1 said] [c1 no]. [s2 He] [k2 said] [c2 so].", [None, None]),
        ("Mia Hollen met Ida Brock. [s1 She] [k1 said] [c1 it hurt].", ["Mia Hollen"]),
        ("[s1 Rami Abdulrahman] [k1 said] [c1 no]. [s2 Rahman] [k2 said] [c2 so].", ["Rami Abdulrahman"] * 2),
        ("[s1 Reuters] [k1 said] [c1 no]. [s2 The article] [k2 said] [c2 so].", ["Reuters"] * 2),
        ("[s1 The company] [k1 said] [c1 no].", [None]),
        ("[s1 Tim Cook] [k1 said] [c1 no]. [s2 Mr. Cook] [k2 said] [c2 so].", ["Tim Cook"] * 2),
        ("Ivo Woods left. [s1 Woods’ agent Mark Stein] [k1 said] [c1 no].", ["Mark Stein"]),
        ("Ida Brock left. Dan Brock, 31, fell. [s1 He] [k1 said] [c1 it hurt].", ["Dan Brock"]),
        ("[s1 Isak Rune, whose wife died,] [k1 said] [c1 no]. [s2 He] [k2 wept] [c2 so].", ["Isak Rune"] * 2),
        ("[s1 Robert Hale] [k1 said] [c1 no]. Julia Roberts left. [s2 Robert] [k2 said] [c2 so].", ["Robert Hale"] * 2),
        ("Orrin Falls, a resort, was shut. [s1 The 31-year-old] [k1 said] [c1 no].", [None]),
        ("Oxfam has left. [s1 The group] [k1 said] [c1 so].", ["Oxfam"]),
    ],
)
def test_descriptions_lead_to_the_one_whom_they_fit(marked: str, names: list[str | None]) -> None:
    assert names_of(marked) == names


@pytest.mark.parametrize(
    ("marked", "affiliation"),
    [
        ("[s1 A spokesman for Tarn Foods] [k1 said] [c1 no].", "Tarn Foods"),
        ("[s1 A Tarn Foods employee] [k1 said] [c1 no].", "Tarn Foods"),
        ("[s1 A spokesman for Iceland] [k1 said] [c1 no].", "Iceland"),
        ("[s1 A Catholic priest] [k1 said] [c1 no].", None),
        ("[s1 the Twitter account] [k1 said] [c1 no].", None),
    ],
)
def test_whose_person_an_unnamed_source_is(marked: str, affiliation: str | None) -> None:
    assert identified(marked)["1"].speaker.affiliation == affiliation


def test_told_the_paper_means_the_last_outlet() -> None:
    found = identified("[s1 Reuters] [k1 said] [c1 no]. [s2 Mia Hollen] [k2 told] the agency [c2 so].")
    assert found["2"].relays == ()
    found = identified("[s1 The Harlan Gazette] [k1 said] [c1 no]. [s2 Mia Hollen] [k2 told] the paper: [c2 so].")
    assert found["2"].relays == ("Harlan Gazette",)


def test_a_persons_later_lines_belong_to_the_day_of_the_first() -> None:
    found = identified(
        "[s1 Mia Hollen] [k1 said] on Friday [c1 no]. [s2 She] [k2 added] [c2 so]. [s3 The army] [k3 said] [c3 yes].",
        published="2031-05-06",
    )
    assert [found[number].said_on for number in "123"] == ["2031-05-02", "2031-05-02", None]


def test_a_day_does_not_hold_for_much_later_lines() -> None:
    far = "It rained. " * 200
    found = identified(
        f"[s1 Mia Hollen] [k1 said] on Friday [c1 no]. {far}[s2 Hollen] [k2 said] [c2 so].", published="2031-05-06"
    )
    assert (found["1"].said_on, found["2"].said_on) == ("2031-05-02", None)


def test_a_source_without_a_name_keeps_the_words_of_its_first_mention() -> None:
    found = identified("[s1 A leader of the Orrin Front] [k1 said] [c1 no]. [s2 He] [k2 added] [c2 so].")
    assert [a.speaker.called for a in found.values()] == [None, "A leader of the Orrin Front"]


def test_a_group_that_includes_named_people_names_them() -> None:
    speaker = identified("[s1 officials, including Mayor Mia Hollen and Judge Dan Brock,] [k1 said] [c1 no].")[
        "1"
    ].speaker
    assert speaker.names == ("Mia Hollen", "Dan Brock")
