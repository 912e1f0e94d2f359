import random

from hypothesis import given
from hypothesis import strategies as st

from sayso.terms import Reading, Speaker
from sayso.weigh.origins import trace
from sayso.weigh.plain import sounds
from tests.weigh.stories import person, quote, report, said

WORDS = "the dam at Velmora will hold until the rains are over"
OUTLET = Speaker("Velmora Post", "named", "outlet")


def name_of(readings: list[Reading], report: str, id: str = "a1") -> str | None:
    return trace(readings)[report, id].origin.name


def test_a_surname_means_the_full_name_where_only_one_has_it() -> None:
    readings = [quote("1", "Ilra Maden", WORDS, person("Ilra Maden")), quote("2", "Maden", "no", person("Maden"))]
    assert name_of(readings, "2") == "Ilra Maden"


def test_a_surname_that_two_people_have_stays_as_it_is() -> None:
    readings = [
        quote("1", "Ilra Maden", WORDS, person("Ilra Maden")),
        quote("2", "Tovo Maden", WORDS, person("Tovo Maden")),
        quote("3", "Maden", "no", person("Maden")),
    ]
    assert name_of(readings, "3") == "Maden"


def test_a_misspelling_means_the_name_that_more_reports_have() -> None:
    readings = [quote(str(n), "Ilra Maden", f"thing {n}", person("Ilra Maden")) for n in range(3)]
    assert name_of([*readings, quote("9", "Ilra Madan", "no", person("Ilra Madan"))], "9") == "Ilra Maden"


def test_spellings_that_sound_the_same_mean_one_name() -> None:
    readings = [quote(str(n), "Ilra Macikel", f"thing {n}", person("Ilra Macikel")) for n in range(3)]
    assert name_of([*readings, quote("9", "Ilra Masekel", "no", person("Ilra Masekel"))], "9") == "Ilra Macikel"
    assert sounds("Qasimov") == sounds("Kassimov") != sounds("Qatimov")


def test_two_names_in_one_report_are_two_people() -> None:
    text = "Ilra Maden said yes. Ilra Madan said no."
    both = report(
        "1",
        text,
        said(text, "Ilra Maden", "yes", person("Ilra Maden")),
        said(text, "Ilra Madan", "no", person("Ilra Madan"), id="a2"),
    )
    assert {name_of([both], "1"), name_of([both], "1", "a2")} == {"Ilra Maden", "Ilra Madan"}


def test_titles_and_nationalities_are_no_part_of_a_name() -> None:
    readings = [
        quote("1", "Ilra Maden", WORDS, person("Ilra Maden")),
        quote("2", "Canadian-Israeli Ilra Maden", "no", person("Canadian-Israeli Ilra Maden")),
    ]
    assert name_of(readings, "2") == "Ilra Maden"


def test_an_office_means_its_holder_whom_another_report_names() -> None:
    chief = person("Ilra Maden", "Kenya's defence chief", "Kenya")
    bare = person(None, "defense chief", "Kenya")
    readings = [quote("1", "Kenya's defence chief Ilra Maden", WORDS, chief)]
    readings.append(quote("2", "The Kenyan defense chief", "no", bare))
    assert name_of(readings, "2") == "Ilra Maden"
    other = quote("3", "Ghana's defence chief", "no", person(None, "defence chief", "Ghana"))
    assert name_of([*readings, other], "3") is None


def test_an_office_with_two_holders_tells_nobody() -> None:
    readings = [
        quote("1", "Kenya's defence chief Ilra Maden", WORDS, person("Ilra Maden", "Kenya's defence chief", "Kenya")),
        quote("2", "Kenya's defence chief Sol Dovar", WORDS, person("Sol Dovar", "Kenya's defence chief", "Kenya")),
        quote("3", "The Kenyan defence chief", "no", person(None, "defence chief", "Kenya")),
    ]
    assert name_of(readings, "3") is None


def test_the_same_quotation_tells_who_an_unnamed_speaker_is() -> None:
    words = f"“{WORDS}, whatever they say”"
    readings = [
        quote("1", "Ilra Maden", words, person("Ilra Maden")),
        quote("2", "An engineer", words, person(None, "engineer")),
    ]
    found = trace(readings)["2", "a1"]
    assert found.origin.name == "Ilra Maden"
    assert "another report" in found.why


def test_a_quotation_that_two_people_are_named_for_tells_nobody() -> None:
    words = f"“{WORDS}, whatever they say”"
    readings = [
        quote("1", "Ilra Maden", words, person("Ilra Maden")),
        quote("2", "Sol Dovar", words, person("Sol Dovar")),
        quote("3", "An engineer", words, person(None, "engineer")),
    ]
    assert name_of(readings, "3") is None


def test_relays_keep_their_order_and_one_spelling() -> None:
    reading = quote("1", "Ilra Maden", WORDS, person("Ilra Maden"), ["AP", "Ilra Maden", "Velmora Post"])
    assert trace([reading])["1", "a1"].relays == ("Associated Press", "Velmora Post")


def test_a_cited_outlet_leads_on_into_its_own_report() -> None:
    readings = [
        quote("1", "Ilra Maden", WORDS, person("Ilra Maden"), outlet="Velmora Post"),
        quote("2", "Velmora Post", WORDS.replace("over", "gone"), OUTLET, outlet="The Courier"),
    ]
    found = trace(readings)["2", "a1"]
    assert (found.origin.name, found.relays) == ("Ilra Maden", ("Velmora Post",))


def test_a_cited_outlet_without_a_fitting_report_is_the_end() -> None:
    readings = [
        quote(
            "1", "Ilra Maden", "taxes will rise in autumn says somebody", person("Ilra Maden"), outlet="Velmora Post"
        ),
        quote("2", "Velmora Post", WORDS, OUTLET, outlet="The Courier"),
    ]
    assert name_of(readings, "2") == "Velmora Post"


def test_an_outlet_may_name_its_source_in_what_it_says() -> None:
    content = "Kenyan officials denied that the dam would break"
    reading = quote("1", "Reuters", content, Speaker("Reuters", "named", "outlet"))
    found = trace([reading])["1", "a1"]
    assert (found.origin.name, found.origin.described) == (None, "Kenyan officials")
    assert (found.origin.affiliation, found.relays) == ("Kenya", ("Reuters",))


def test_a_blog_may_be_named_by_the_same_words_and_a_person_may_not() -> None:
    words = f"{WORDS}, and that nobody knows what happens afterwards"
    readings = [quote("1", "Velmora Voices", words, Speaker("Velmora Voices", "named", "organization"))]
    blog = quote("2", "A blog", words, Speaker(None, "unnamed", "outlet"))
    assert name_of([*readings, blog], "2") == "Velmora Voices"
    assert name_of([*readings, quote("3", "A fighter", words, person(None, "fighter"))], "3") is None


def test_a_known_outlet_is_not_short_for_another() -> None:
    readings = [
        quote("1", "New York Times", WORDS, Speaker("New York Times", "named", "outlet")),
        quote("2", "The Times", "no", Speaker("The Times", "named", "outlet")),
    ]
    assert name_of(readings, "2") == "The Times"


def test_part_of_a_bodys_name_means_the_body() -> None:
    whole, part, other = "Velmora Observatory for River Rights", "Velmora Observatory", "Velmora Dam Council"
    readings = [
        quote(str(n), name, f"thing {n}", Speaker(name, "named", "organization"))
        for n, name in enumerate((whole, whole, part, "the Observatory", other))
    ]
    readings[3] = quote("3", "Observatory", "no", Speaker("Observatory", "named", "organization"))
    found = trace(readings)
    assert {found["2", "a1"].origin.name, found["3", "a1"].origin.name} == {whole}
    assert found["4", "a1"].origin.name == other


def test_a_bare_leader_is_nobody_in_particular() -> None:
    readings = [
        quote("1", "rebel leader Ilra Maden", WORDS, person("Ilra Maden", "leader")),
        quote("2", "The leader", "no", person(None, "leader")),
    ]
    assert name_of(readings, "2") is None


def test_somebody_who_claims_to_be_a_known_person() -> None:
    readings = [
        quote("1", "Ilra Maden", WORDS, person("Ilra Maden")),
        quote("2", "A man claiming to be rebel leader Ilra Maden", "no", person(None)),
    ]
    assert name_of(readings, "2") == "Ilra Maden"


def test_a_spokesperson_speaks_for_the_body() -> None:
    spokesman = person(None, "spokeswoman", "Velmora Dam Authority")
    assert name_of([quote("1", "A spokeswoman", WORDS, spokesman)], "1") == "Velmora Dam Authority"


def test_officials_speak_for_their_government_and_residents_for_nobody() -> None:
    readings = [
        quote("1", "A senior official", WORDS, person(None, "official", "Kenya")),
        quote("2", "Kenya's defence chief Ilra Maden", WORDS, person("Ilra Maden", "Kenya's defence chief", "Kenya")),
        quote("3", "a resident", "no", person(None, "resident", "Kenya")),
        quote("4", "a former minister, Sol Dovar", "no", person("Sol Dovar", "former minister", "Kenya")),
    ]
    found = {report: traced.origin.party for (report, _), traced in trace(readings).items()}
    assert found == {"1": "Government of Kenya", "2": "Government of Kenya", "3": None, "4": None}


def test_without_a_source_the_one_around_it_speaks() -> None:
    text = "Ilra Maden said it was alleged that they fled."
    readings = [
        report(
            "1",
            text,
            said(text, "Ilra Maden", "it was alleged that they fled", person("Ilra Maden")),
            said(text, "it", "they fled", Speaker(), id="a2", within="a1"),
        )
    ]
    assert name_of(readings, "1", "a2") == "Ilra Maden"


@given(st.lists(st.sampled_from(["Ilra Maden", "Maden", "Ilra Madan", "Sol Dovar", "Dovar", "Tovo Maden"]), max_size=8))
def test_the_order_of_the_reports_does_not_matter(names: list[str]) -> None:
    readings = [quote(str(n), name, f"{WORDS} {n}", person(name)) for n, name in enumerate(names)]
    mixed = random.Random(1).sample(readings, len(readings))
    assert trace(mixed) == trace(readings)
