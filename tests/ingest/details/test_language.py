import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.ingest.details.language import language_of, unread_language
from sayso.ingest.details.language_names import NAMES
from sayso.terms import Report

FOREIGN = {
    "fr": (
        "Le ministre de l’intérieur a déclaré jeudi que le cessez-le-feu restait en vigueur malgré les tirs entendus "
        "pendant la nuit près de la frontière. Selon un porte-parole de l’armée, trois soldats ont été blessés."
    ),
    "de": (
        "Der Innenminister erklärte am Donnerstag, die Waffenruhe gelte trotz der Schüsse, die in der Nacht nahe der "
        "Grenze zu hören waren. Nach Angaben eines Sprechers der Armee wurden drei Soldaten verletzt."
    ),
    "es": (
        "El ministro del Interior afirmó el jueves que el alto el fuego sigue en vigor pese a los disparos que se "
        "oyeron durante la noche cerca de la frontera. Según un portavoz del ejército, tres soldados resultaron "
        "heridos."
    ),
    "ar": (
        "قال وزير الداخلية يوم الخميس إن وقف إطلاق النار لا يزال ساريا رغم إطلاق النار الذي سمع خلال الليل قرب "
        "الحدود. وأضاف متحدث باسم الجيش أن ثلاثة جنود أصيبوا بجروح في الهجوم الذي وقع شمال المدينة."
    ),
    "he": (
        "שר הפנים אמר ביום חמישי כי הפסקת האש עדיין בתוקף למרות הירי שנשמע במהלך הלילה סמוך לגבול. לדברי דובר הצבא, "
        "שלושה חיילים נפצעו בתקיפה שאירעה מצפון לעיר, ומצבם קל."
    ),
    "ru": (
        "Министр внутренних дел заявил в четверг, что режим прекращения огня остается в силе, несмотря на выстрелы, "
        "которые были слышны ночью у границы. По словам представителя армии, ранены трое солдат."
    ),
    "uk": (
        "Міністр внутрішніх справ заявив у четвер, що режим припинення вогню залишається чинним, попри постріли, які "
        "було чути вночі біля кордону. За словами речника армії, поранено трьох військових."
    ),
    "zh": (
        "内政部长星期四表示，尽管夜间在边境附近听到枪声，停火协议仍然有效。军方发言人说，三名士兵受伤。"
        "联合国呼吁各方保持克制，并要求尽快恢复谈判。"
    ),
    "ja": (
        "内務大臣は木曜日、夜間に国境付近で銃声が聞かれたものの、停戦は依然として有効であると述べた。"
        "軍の報道官によると、兵士三人が負傷した。"
    ),
    "tr": (
        "İçişleri bakanı perşembe günü yaptığı açıklamada, gece boyunca sınır yakınlarında duyulan silah seslerine "
        "rağmen ateşkesin yürürlükte olduğunu söyledi. Ordu sözcüsüne göre üç asker yaralandı."
    ),
    "id": (
        "Menteri dalam negeri mengatakan pada hari Kamis bahwa gencatan senjata masih berlaku meskipun terdengar "
        "tembakan pada malam hari di dekat perbatasan. Menurut juru bicara militer, tiga tentara terluka."
    ),
    "nl": (
        "De minister van Binnenlandse Zaken zei donderdag dat het staakt-het-vuren van kracht blijft, ondanks de "
        "schoten die in de nacht bij de grens te horen waren. Volgens een woordvoerder van het leger raakten drie "
        "soldaten gewond."
    ),
    "sv": (
        "Inrikesministern sade på torsdagen att vapenvilan fortfarande gäller trots skottlossningen som hördes under "
        "natten nära gränsen. Enligt en talesperson för armén skadades tre soldater."
    ),
    "it": (
        "Il ministro dell’Interno ha dichiarato giovedì che il cessate il fuoco resta in vigore nonostante gli spari "
        "uditi nella notte vicino al confine. Secondo un portavoce dell’esercito, tre soldati sono rimasti feriti."
    ),
    "af": (
        "Die minister van binnelandse sake het Donderdag gesê dat die skietstilstand steeds van krag is, ondanks die "
        "skote wat in die nag naby die grens gehoor is. Volgens ’n woordvoerder van die leër is drie soldate gewond."
    ),
    "pt": (
        "O ministro do Interior disse na quinta-feira que o cessar-fogo continua em vigor, apesar dos tiros ouvidos "
        "durante a noite perto da fronteira. Segundo um porta-voz do exército, três soldados ficaram feridos."
    ),
}
ENGLISH = {
    "news": (
        "The interior minister said on Thursday that the ceasefire remained in force despite shots heard overnight "
        "near the border. According to an army spokesman, three soldiers were wounded."
    ),
    "foreign names": (
        "Sheikh Abdul-Rahman al-Sudais of Masjid al-Haram met Recep Tayyip Yıldız, Władysław Kosiński, Nguyễn Văn "
        "Minh and Jean-Baptiste de la Rochefoucauld in Şanlıurfa, Łódź and Thừa Thiên-Huế, Anadolu Ajansı and "
        "Rzeczpospolita said on Thursday, without details."
    ),
    "translated by a machine": (
        "Minister of interior affairs declared thursday, regime of ceasefire remains in force, despite shots, heard "
        "at night near border. By words of representative army, three soldiers received wounds, state their stable."
    ),
    "capitals": (
        "THE INTERIOR MINISTER SAID ON THURSDAY THAT THE CEASEFIRE REMAINED IN FORCE DESPITE SHOTS HEARD OVERNIGHT "
        "NEAR THE BORDER. THE ARMY SAID THREE SOLDIERS WERE WOUNDED."
    ),
    "headlines": (
        "Minister: ceasefire holds despite border shots; three soldiers wounded, army spokesman says; talks resume; "
        "markets fall; rain expected; ferry strike enters third week; museum reopens"
    ),
    "one headline": "Ceasefire holds despite border shots",
    "scots": (
        "The meenister said on Thursday that the ceasefire wis still in force, for a’ the shots that wis heard "
        "through the nicht nearhaund the mairch. Accordin tae a spokesman for the airmy, three sodgers wis hurtit."
    ),
    "names and figures": (
        "Ivan Petrov (Moscow) 12, Jean-Pierre de la Croix (Paris) 11, Giovanni Rossi (Milano) 10, Hans Müller "
        "(Berlin) 9, José García (Madrid) 9, Yusuf Demir (Ankara) 8, Olena Kovalenko (Kyiv) 7, Li Wei (Beijing) 5."
    ),
    "results": (
        "Barcelona 3 Real Madrid 1; Bayern 2 Dortmund 2; Ajax 4 Feyenoord 0. Goals: Lewandowski 12, 45, Yamal 78; "
        "Vinicius 60; Kane 5, Musiala 88; Adeyemi 30, Brandt 90; Brobbey 1, 2, 3, Taylor 70, van den Berg 80."
    ),
    "names in capitals": (
        "IVAN PETROV, JEAN DE LA CROIX, GIOVANNI ROSSI, HANS MUELLER, JOSE GARCIA, YUSUF DEMIR, OLENA KOVALENKO, LI "
        "WEI, NGUYEN VAN MINH, ANNE DUPONT, MARIO BIANCHI, PIET DE JONG, LARS BERG, KARI NORDMANN"
    ),
    "long quotation": (
        "The envoy read out the letter of the prisoners. “Nous sommes encore en vie, et nous demandons à tous ceux "
        "qui nous entendent de ne pas nous oublier,” it said, and the room fell silent when he had finished with it."
    ),
    "dispatch": (
        "Velm quiet overnight. Two wounded. Army denies shelling. Governor due Tuesday. Road shut. Schools shut. "
        "Power out in north, water trucks sent, hospital on generators, fuel for three days."
    ),
}


@pytest.mark.parametrize("tag", FOREIGN)
def test_other_languages_are_refused_by_their_name(tag: str) -> None:
    text = FOREIGN[tag]
    assert language_of(text) == language_of(text * 20) == tag
    for declared in (None, "en", "en-GB", "fr"):
        reason = unread_language(Report(text, language=declared))
        assert reason == f"is in {NAMES[tag]} ({tag}): only English is read yet"


@pytest.mark.parametrize("kind", ENGLISH)
@pytest.mark.parametrize("declared", [None, "en", "en-US", "fr", "x-klingon", ""])
def test_english_is_never_refused(kind: str, declared: str | None) -> None:
    for times in (1, 2, 40):
        assert unread_language(Report("\n\n".join([ENGLISH[kind]] * times), language=declared)) is None


@pytest.mark.parametrize(
    "text", ["", " ", "12 345 – 67", "…", "😀" * 100, "Bonjour tout le monde", FOREIGN["zh"][:15], "\ud800" * 30]
)
def test_what_cannot_be_told_is_none_and_is_read(text: str) -> None:
    assert language_of(text) is None
    assert unread_language(Report(text)) is None


def test_a_declared_language_counts_where_the_text_leaves_it_open() -> None:
    either = (
        "Ministar je rekao da su tri vojnika ranjena, a da je put prema gradu zatvoren do daljnjeg, i da nema drugih "
        "žrtava među stanovnicima."
    )
    for declared, name in (("hr", "Croatian"), ("bs-BA", "Bosnian")):
        assert (
            unread_language(Report(either, language=declared))
            == f"is in {name} ({declared[:2]}): only English is read yet"
        )


def test_english_after_a_long_foreign_beginning_is_read() -> None:
    assert unread_language(Report(FOREIGN["fr"] * 22 + (ENGLISH["news"] + "\n") * 60)) is None


def test_links_do_not_count_as_words() -> None:
    assert (
        language_of(" ".join(f"https://exemple.example/actualites/politique-interieure-{n}" for n in range(40))) is None
    )


def test_plain_english_is_told_at_once_and_loads_nothing() -> None:
    code = (
        "import sys\nfrom sayso.ingest.details.language import language_of\n"
        f"assert language_of({ENGLISH['news']!r} * 30) == 'en'\n"
        "assert not {'py3langid', 'numpy', 'lzma'} & set(sys.modules), 'loaded'\n"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stderr == ""
    text = ENGLISH["news"] * 100
    begun = time.process_time()
    for _ in range(20):
        assert language_of(text) == "en"
    assert (time.process_time() - begun) / 20 < 0.002


def test_every_language_that_can_be_told_has_a_name() -> None:
    from sayso.ingest.details.language import TAGS, _identifier

    assert {TAGS.get(label, label) for label in _identifier().labels} - {"zxx"} <= set(NAMES)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400), st.none() | st.text(max_size=8))
def test_any_text_has_an_answer(text: str, declared: str | None) -> None:
    assert language_of(text) in {None, *NAMES}
    assert (unread_language(Report(text, language=declared)) or "is in").startswith("is in")
