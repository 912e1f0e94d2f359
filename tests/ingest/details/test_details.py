import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ingest.details.credits import AGENCIES, is_credit
from sayso.ingest.details.details import detailed
from sayso.lexicon import default_lexicon
from sayso.terms import Report

BODY = "The army in Sarenna said on Sunday that it had closed the northern crossing near Velm. It gave no reason."
AP, AFP = "Associated Press", "Agence France-Presse"


def details(text: str, **known: str) -> Report:
    return detailed(Report(text, **known))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("opening", "dateline", "credit"),
    [
        ("SARENNA, May 4 (Reuters) - ", "SARENNA, May 4", ("Reuters",)),
        ("KYIV/MOSCOW (AP) — ", "KYIV/MOSCOW", (AP,)),
        ("WASHINGTON: ", "WASHINGTON", ()),
        ("Cairo, 5 May - ", "Cairo, 5 May", ()),
        ("Orrin, Sunday, 4 May - ", "Orrin, Sunday, 4 May", ()),
        ("MOSCOW, May 4. /TASS/. ", "MOSCOW, May 4", ("TASS",)),
        ("MOSCOW. May 4 (Interfax) - ", "MOSCOW. May 4", ("Interfax",)),
        ("JERUSALEM (AP) _ ", "JERUSALEM", (AP,)),
        ("(Reuters) - ", None, ("Reuters",)),
        ("May 4 (Reuters) - ", "May 4", ("Reuters",)),
        ("VELM, Sarenna (AP) — ", "VELM, Sarenna", (AP,)),
        ("AUSTIN, Texas — ", "AUSTIN, Texas", ()),
        ("SPRINGFIELD, Ill. (AP) — ", "SPRINGFIELD, Ill.", (AP,)),
        ("WASHINGTON, D.C. — ", "WASHINGTON, D.C.", ()),
        ("RIO DE JANEIRO, May 4 (Xinhua) -- ", "RIO DE JANEIRO, May 4", ("Xinhua",)),
        ("Dar es Salaam, May 4 (AFP) – ", "Dar es Salaam, May 4", (AFP,)),
        ("AL-ARISH, Egypt (AFP) - ", "AL-ARISH, Egypt", (AFP,)),
        ("Madrid, 4 May (EFE).- ", "Madrid, 4 May", ("EFE",)),
        ("NEW DELHI, May 4 (IANS) ", "NEW DELHI, May 4", ("IANS",)),
        ("GENEVA (AP, AFP) - ", "GENEVA", (AP, AFP)),
        ("GENEVA (CNN) -- ", "GENEVA", ("CNN",)),
        ("BERLIN (UN) - ", "BERLIN", ()),
        ("SARENNA — ", "SARENNA", ()),
        ("SARENNA—", "SARENNA", ()),
        ("SARENNA: ", "SARENNA", ()),
        ("Washington — ", "Washington", ()),
        ("PARIS (May 4) — ", "PARIS (May 4)", ()),
        ("SARENNA, May 4 (Reuters)\n", "SARENNA, May 4", ("Reuters",)),
    ],
)
def test_datelines(opening: str, dateline: str | None, credit: tuple[str, ...]) -> None:
    for before in ("", "\n\n  ", "Army closes crossing\n\n", "Army closes crossing\nBy Nadia Ferro\n"):
        found = details(before + opening + BODY)
        assert (found.dateline, found.credit) == (dateline, credit)
        assert found.published is None


@pytest.mark.parametrize(
    "opening",
    [
        "", "BREAKING: ", "UPDATE 2 — ", "EXCLUSIVE - ", "NATO — ", "CNN — ", "POLL: ", "The minister - who was ill - ",
        "BRANDT: ", "Prime Minister Brandt — ", "On May 4 — ", "Updated May 4, 2031 - ", "Velm — ", "Velm: ",
        "ILYA BRANDT, Minister — ",
        "White House — ", "THE GUARDIAN (UK) - ", "WAIT — ", "A (B) - ", "May 4 — ", "Sunday, May 4 — ", "2031: ",
        "(Photo) - ", "VELM - ",
    ],
)  # fmt: skip
def test_what_may_be_no_dateline_is_left_open(opening: str) -> None:
    text = opening + "Nobody said a word about it on Sunday."
    found = details(text)
    assert (found.dateline, found.credit) == (None, ()), found.dateline


def test_a_transcript_has_no_dateline() -> None:
    assert details("BLITZER: Good evening.\nSMITH: Good evening, Wolf.\nWOLF: We are in Orrin.").dateline is None


@pytest.mark.parametrize(
    ("opening", "published"),
    [
        ("PARIS, May 4, 2031 (AFP) - ", "2031-05-04"), ("Paris, 4 May 2031 (AFP) - ", "2031-05-04"),
        ("PARIS, Sept. 30, 2031 (AFP) - ", "2031-09-30"), ("PARIS, Feb 30, 2031 (AFP) - ", None),
        ("PARIS, May 4 (AFP) - ", None),
    ],
)  # fmt: skip
def test_the_date_of_a_dateline_counts_if_it_has_a_year(opening: str, published: str | None) -> None:
    assert details(opening + BODY).published == published
    assert details(opening + BODY, published="2031-05-05T10:00:00+00:00").published == "2031-05-05T10:00:00+00:00"


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Nadia Ferro in Sarenna", "Nadia Ferro"), ("BY NADIA FERRO", "NADIA FERRO"),
        ("By: Nadia Ferro", "Nadia Ferro"),
        ("Nadia Ferro, Sarenna Correspondent", "Nadia Ferro"), ("Nadia Ferro, Staff Writer", "Nadia Ferro"),
        ("By Nadia Ferro and Jo Aske", "Nadia Ferro and Jo Aske"),
        ("By Nadia Ferro, Jo Aske and Lea Holm", "Nadia Ferro, Jo Aske and Lea Holm"),
        ("By Ahmed al-Masri", "Ahmed al-Masri"), ("By Vincent van der Meer", "Vincent van der Meer"),
        ("By J. R. O’Neill", "J. R. O’Neill"), ("By Nadia Ferro | Velm Courier", "Nadia Ferro"),
        ("By Jane Doe, Associated Press", "Jane Doe"), ("By CNN's Jane Doe", "Jane Doe"), ("By Megan Fox", "Megan Fox"),
        ("By Agence France-Presse", None), ("By Reuters Staff", None), ("By Sunday evening all was over", None),
        ("By Land and Sea", None), ("By Monday Morning", None), ("By Nadia Ferro said it all.", None),
        ("Nadia Ferro, the minister", None), ("By The Associated Press", None), ("By Our Correspondent", None),
    ],
)  # fmt: skip
def test_byline(line: str, byline: str | None) -> None:
    assert details(f"{line}\n\n{BODY}").byline == byline
    assert details(f"Army closes crossing\n{line}\n\n{BODY}").byline == byline
    assert details(f"{BODY}\n\n{BODY}\n\n{BODY}\n\n{line}\n\n{BODY}").byline is None


@pytest.mark.parametrize(
    ("ending", "credit"),
    [
        ("\n\nAgence France-Presse", (AFP,)),
        ("\n\nwith AP and Reuters", (AP, "Reuters")),
        ("\n\n(With inputs from PTI and ANI)", ("Press Trust of India", "Asian News International")),
        ("\n\nThe Associated Press contributed to this report.", (AP,)),
        ("\n\nAssociated Press writers Jane Doe in Orrin and Megan Fox in Velm contributed to this report.", (AP,)),
        ("\n\nJane Doe of Reuters contributed reporting.", ("Reuters",)),
        ("\n\nAdditional reporting by Reuters", ("Reuters",)),
        ("\n\nReporting by Jo Aske; Additional reporting by AFP.", (AFP,)),
        ("\n\nWith files from The Canadian Press", ("Canadian Press",)),
        (" — Reuters", ("Reuters",)),
        (" (AFP)", (AFP,)),
        (" /TASS/", ("TASS",)),
        ("\n— Reuters", ("Reuters",)),
        ("\n\nAP/Reuters", (AP, "Reuters")),
        ("\n\nSource: Xinhua", ("Xinhua",)),
        ("\n\nSources: Xinhua, Al Jazeera", ("Xinhua", "Al Jazeera")),
        ("\n\n© 2031 AFP", (AFP,)),
        ("\n\nCopyright 2031 The Associated Press. All rights reserved. It may not be rewritten.", (AP,)),
        ("\n\nThis story was originally published by The Guardian.", ("The Guardian",)),
        ("\n\n— Reuters\n\n© 2031 Velm Courier", ("Reuters",)),
    ],
)
def test_credit_at_the_end(ending: str, credit: tuple[str, ...]) -> None:
    assert details(BODY + ending).credit == credit
    assert details(f"{BODY} " * 40 + BODY + ending).credit == credit
    assert details("\n\n".join([BODY] * 40) + ending + "\n").credit == credit


@pytest.mark.parametrize(
    "ending",
    [
        " Reuters reported that two had died.", " He told AFP.", " CNN said so.", "\n\nThe Guardian said so",
        "\n\nThe report was published by Amnesty International and The New York Times.",
        "\n\nSource: Ministry of Health",
        "\n\nPhotograph: Jo Aske/Reuters", "\n\n(Photo by AP)", "\n\n© 2031 Velm Courier", "\n\nThe Independent",
        "\n\nWith Reuters out of the country, nobody reported it.",
        "\n\nAnalysts of Reuters contributed to the report.",
        "\n\nReporting by Nadia Ferro; Editing by Lea Holm", "\n\n(With inputs from agencies)",
        "\n\nMegan Fox contributed to this report.",
        "\n\nReporting by Reuters showed that two had died.", "\n\nTime", " — Time",
        "\n\nHe cited Reuters, AFP and AP", " “Reuters”",
    ],
)  # fmt: skip
def test_what_is_cited_is_not_credited(ending: str) -> None:
    assert details(BODY + ending).credit == ()


def test_a_credit_in_the_middle_is_not_looked_for() -> None:
    assert details("\n\n".join([BODY] * 20 + ["— Reuters"] + [BODY] * 20)).credit == ()


@pytest.mark.parametrize(
    ("byline", "credit"),
    [
        ("Jane Doe, Associated Press", (AP,)), ("Reuters", ("Reuters",)), ("Jane Doe and AFP", (AFP,)),
        ("Jane Doe", ()),
        ("Megan Fox", ()),
    ],
)  # fmt: skip
def test_credit_in_the_byline_that_is_known(byline: str, credit: tuple[str, ...]) -> None:
    found = details(BODY, byline=byline)
    assert (found.byline, found.credit) == (byline, credit)


@pytest.mark.parametrize("outlet", ["Reuters", "Thomson Reuters"])
def test_an_outlet_does_not_credit_itself(outlet: str) -> None:
    assert details("SARENNA, May 4 (Reuters) - " + BODY + " — AFP", outlet=outlet).credit == (AFP,)


def test_what_is_known_stays() -> None:
    known = Report(
        "By Jo Aske\n\nORRIN, May 4, 2031 (AFP) - " + BODY, "id", dateline="VELM", credit=("Reuters",),
        byline="Nadia Ferro",
        published="2031",
    )  # fmt: skip
    assert detailed(known) == known


def test_every_agency_is_in_the_lexicon() -> None:
    assert {outlet.name for outlet in default_lexicon().outlets} >= AGENCIES


def test_credits_are_told_from_other_lines() -> None:
    assert is_credit("Reporting by Nadia Ferro in Orrin; Editing by Lea Holm")
    assert is_credit("© 2031 AFP")
    assert not is_credit("Reporting from the front is dangerous, he said.")
    assert not is_credit("Reporting by The Guardian showed that the road was open.")
    assert not is_credit(BODY * 10)


PIECES = [
    "SARENNA", ", ", "May 4", " (Reuters)", " - ", "By ", "Nadia Ferro", "\n", "\n\n", BODY, "© 2031 ", "AFP", "(",
    ")", "/", "—", ":",
    "with ", "contributed to this report", "Source: ", "2031", "\u2028", "\r", " and ", ".", "’s",
]  # fmt: skip


@given(
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=300),
    st.none() | st.text(max_size=20),
)
def test_it_only_adds_and_leaves_the_text(text: str, outlet: str | None) -> None:
    given = Report(text, outlet=outlet)
    found = detailed(given)
    added = {"dateline": None, "byline": None, "credit": (), "published": None}
    assert replace(found, **added) == given  # type: ignore[arg-type]
    assert detailed(found) == found
    assert all((found.dateline or "").split(" (")[0] in text for _ in "x")


@pytest.mark.parametrize(
    "text", ["A" * 5000, "A " * 2500, "By " + "Aa " * 1600, "(" * 5000, "- " * 2500, "\n" * 5000, f"{BODY}\n\n" * 50]
)
def test_it_costs_next_to_nothing(text: str) -> None:
    given = Report(text)
    detailed(given)
    begun = time.process_time()
    for _ in range(20):
        detailed(given)
    assert (time.process_time() - begun) / 20 < 0.002
