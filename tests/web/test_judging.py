"""Corrections by forms and over the API: kept, told, undone, refused with a reason, and never lost."""

import html
import json
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from sayso.record.ledger import Ledger
from sayso.web.app import create
from sayso.web.settings import Settings
from tests.web.conftest import HERE
from tests.web.test_pages import claims_of, form_key

Fields = dict[str, str]


def forms_of(page: str, action: str = "/judge") -> list[Fields]:
    """What each form of a page would send: hidden fields, texts, chosen options; without its buttons."""
    found = []
    for form in re.findall(rf'<form action="{action}".*?</form>', page, re.S):
        fields = dict(re.findall(r'<input (?:[^>]*? )?name="([^"]+)"[^>]*? value="([^"]*)"', form))
        fields |= dict(re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S))
        for name, options in re.findall(r'<select name="([^"]+)">(.*?)</select>', form, re.S):
            chosen = re.search(r'<option value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
            fields[name] = chosen[1] if chosen else ""
        found.append({name: html.unescape(value) for name, value in fields.items()})
    return found


def correction(client: TestClient, address: str, target: str = "attribution") -> Fields:
    page = client.get(address).text
    return next(one for one in forms_of(page) if one.get("verdict") == "correct" and one["target"] == target)


def reading(client: TestClient, report: str = "v03") -> Any:
    return client.get(f"/api/v1/reports/{report}").json()


def statement(client: TestClient, id: str = "a3", report: str = "v03") -> Any:
    return next((one for one in reading(client, report)["attributions"] if one["id"] == id), None)


def undo(client: TestClient, page: Response) -> Response:
    """Press the first undo of a page."""
    return client.post("/undo", data=forms_of(page.text, "/undo")[0])


def test_a_form_that_is_sent_as_it_is_changes_nothing_and_says_so(client: TestClient) -> None:
    before = reading(client)
    answer = client.post("/judge", data=correction(client, "/reports/v03?statement=a3"))
    assert answer.status_code == 422
    assert "changes nothing" in answer.text
    assert reading(client) == before


@pytest.mark.parametrize(
    ("field", "value", "where", "kept"),
    [
        ("speaker", "Mara Quill", ("speaker", "name"), "Mara Quill"),
        ("naming", "unsourced", ("speaker", "naming"), "unsourced"),
        ("affiliation", "Ministry of Roads", ("speaker", "affiliation"), "Ministry of Roads"),
        ("role", "road minister", ("speaker", "role"), "road minister"),
        ("kind", "group", ("speaker", "kind"), "group"),
        ("act", "deny", ("act",), "deny"),
        ("stance", "distanced", ("stance",), "distanced"),
        ("form", "mixed", ("form",), "mixed"),
        ("medium", "a letter", ("medium",), "a letter"),
        ("said_on", "2031-05-02", ("said_on",), "2031-05-02"),
        ("relays", "Radio Orrin; Lenn Mail", ("relays",), [{"name": "Radio Orrin"}, {"name": "Lenn Mail"}]),
        ("source", "", ("source",), None),
        ("cue", "", ("cue",), None),
    ],
)
def test_every_field_can_be_corrected_and_that_is_undone(
    client: TestClient, field: str, value: str, where: tuple[str, ...], kept: Any
) -> None:
    before = reading(client)
    form = correction(client, "/reports/v03?statement=a3") | {f"f.{field}": value, "note": "heard it"}
    if field in ("source", "cue"):
        form[f"f.{field}_at"] = ""
    answer = client.post("/judge", data=form)
    assert answer.status_code == 200
    assert answer.url.path.startswith("/reports/")
    assert answer.url.fragment == "card"
    assert "Kept:" in answer.text
    assert "heard it" in answer.text
    found = statement(client)
    for name in where:
        found = found[name]
    assert found == kept
    undone = undo(client, answer)
    assert "Undone:" in undone.text
    assert reading(client) == before


def test_what_is_said_is_moved_by_words_or_by_places(client: TestClient) -> None:
    own = statement(client)["content"]
    form = correction(client, "/reports/v03?statement=a3")
    shorter = " ".join(own["text"].split()[:-1])
    client.post("/judge", data=form | {"f.content": shorter})
    assert statement(client)["content"]["text"].split() == shorter.split()
    start, end = own["spans"][0]
    form = correction(client, "/reports/v03?statement=a3")
    client.post("/judge", data=form | {"f.content_at": f"{start}-{end - 3}"})
    assert statement(client)["content"]["spans"] == [[start, end - 3]]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"f.said_on": "yesterday"}, "a day as YYYY-MM-DD"),
        ({"f.content": "words that nobody wrote"}, "copy them out of the text"),
        ({"f.content_at": "12 to 90"}, "give numbers as 120-188"),
        ({"f.content_at": "0-9999999"}, "count code points from 0"),
        ({"f.naming": "well-known"}, "one of named, unnamed, unsourced"),
    ],
)
def test_what_cannot_be_kept_is_shown_with_all_that_was_typed(client: TestClient, typed: Fields, why: str) -> None:
    form = correction(client, "/reports/v03?statement=a3") | {"f.medium": "a letter to Lenn"} | typed
    answer = client.post("/judge", data=form)
    assert answer.status_code == 422
    assert why in html.unescape(answer.text)
    assert 'role="alert"' in answer.text
    assert "a letter to Lenn" in answer.text
    assert not client.get("/api/v1/judgements").json()["items"]


def test_figures_are_corrected_rejected_and_brought_back(client: TestClient) -> None:
    figures = reading(client)["figures"]
    own = figures[0]["id"]
    form = correction(client, f"/reports/v03?figure={own}", "figure")
    client.post("/judge", data=form | {"f.value": "1,234", "f.measure": "held", "f.by": ""})
    changed = reading(client)["figures"][0]
    assert (changed["value"], changed["measure"], changed["by"]) == (1234, "held", None)
    form = {name: form[name] for name in ("key", "back", "report", "target", "thing", "spans", "cue")}
    answer = client.post("/judge", data=form | {"verdict": "reject"})
    assert own not in [one["id"] for one in reading(client)["figures"]]
    assert "Taken out" in answer.text
    again = next(one for one in forms_of(answer.text, "/undo") if one["back"].endswith("#rejected"))
    client.post("/undo", data=again)
    assert own in [one["id"] for one in reading(client)["figures"]]


def test_what_is_missing_is_added(client: TestClient) -> None:
    text = reading(client)["text"]
    words = " ".join(text.split()[3:9])
    page = client.get("/reports/v03").text
    adding = {one["target"]: one for one in forms_of(page) if one.get("verdict") == "add"}
    client.post("/judge", data=adding["attribution"] | {"f.content": words, "f.speaker": "Ilka Voss"})
    new = next(one for one in reading(client)["attributions"] if one["id"].startswith("h"))
    assert new["speaker"]["name"] == "Ilka Voss"
    assert new["content"]["text"].split() == words.split()
    word = words.split()[1]
    place = text.index(word)
    figure = {"f.span_at": f"{place}-{place + len(word)}", "f.value": "7", "f.measure": "missing"}
    client.post("/judge", data=adding["figure"] | figure)
    added = next(one for one in reading(client)["figures"] if one["id"].startswith("h"))
    assert (added["text"], added["value"], added["measure"]) == (word, 7, "missing")


def test_an_undone_judgement_can_be_made_again(client: TestClient) -> None:
    form = correction(client, "/reports/v03?statement=a3")
    undone = undo(client, client.post("/judge", data=form | {"f.role": "envoy"}))
    again = next(one for one in forms_of(undone.text) if "again" in one)
    client.post("/judge", data=again)
    assert statement(client)["speaker"]["role"] == "envoy"


def test_who_judges_is_kept_by_the_browser(client: TestClient) -> None:
    form = correction(client, "/reports/v03?statement=a3")
    client.post("/who", data={"key": form["key"], "who": " Zoë  Orr\n", "back": "/judgements"})
    client.post("/judge", data=form | {"f.role": "envoy"})
    assert client.get("/api/v1/judgements").json()["items"][0]["who"] == "Zoë Orr"
    assert "Zoë Orr" in client.get("/reports/v03?statement=a3").text


def test_two_people_are_shown_as_disputed_and_the_last_counts(client: TestClient, ledger: str) -> None:
    with TestClient(create(Settings(ledger, who="Bo")), base_url=HERE) as other:
        mine, theirs = (correction(one, "/reports/v03?statement=a3") for one in (client, other))
        client.post("/judge", data=mine | {"f.speaker": "Mara Quill", "f.role": "envoy"})
        answer = other.post("/judge", data=theirs | {"f.speaker": "Ilka Voss"})
        assert "disputed" in answer.text
        found = statement(other)["speaker"]
        assert (found["name"], found["role"]) == ("Ilka Voss", "envoy")


def test_no_write_is_lost_when_many_judge_at_once(ledger: str) -> None:
    names, failed = [f"Judge {number}" for number in range(6)], list[int]()

    def judge(client: TestClient, form: Fields, name: str) -> None:
        for turn in range(4):
            answer = client.post("/judge", data=form | {"f.role": f"{name} {turn}"})
            failed.extend([answer.status_code] if answer.status_code != 200 else [])

    with ExitStack() as stack:
        made = [TestClient(create(Settings(ledger, who=name)), base_url=HERE) for name in names]
        clients = [stack.enter_context(client) for client in made]
        for client in clients:
            client.get("/nothing")  # FastAPI builds a route when it is first looked at, and not for several threads
        forms = [correction(client, "/reports/v03?statement=a3") for client in clients]
        threads = [Thread(target=judge, args=given) for given in zip(clients, forms, names, strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not failed
    with Ledger(ledger, readonly=True) as kept:
        told = kept.judgements()
        assert sorted(one.value for one in told) == sorted(f"{name} {turn}" for name in names for turn in range(4))
        found = kept.reading("v03")
        assert found
        assert found.attribution("a3").speaker.role == told[-1].value  # type: ignore[union-attr]


def merged(client: TestClient) -> tuple[Any, Response]:
    claim = next(one for one in claims_of(client) if "May be the same claim" in client.get(f"/claims/{one['id']}").text)
    page = client.get(f"/claims/{claim['id']}").text
    form = next(one for one in forms_of(page) if one.get("target") == "claim")
    return claim, client.post("/judge", data=form | {"verdict": "same"})


def test_claims_that_may_be_the_same_are_put_together_with_one_click(client: TestClient) -> None:
    before = len(claims_of(client))
    _, answer = merged(client)
    assert answer.status_code == 200
    assert answer.url.path.startswith("/claims/")
    assert "What people judged" in answer.text
    assert len(claims_of(client)) == before - 1
    undone = undo(client, answer)
    assert undone.status_code == 200
    assert len(claims_of(client)) == before


def test_a_saying_is_taken_out_of_its_claim_and_echoes_are_judged(client: TestClient) -> None:
    claim = next(one for one in claims_of(client) if len(one["sayings"]) > 2)
    page = client.get(f"/claims/{claim['id']}").text
    links = re.findall(r'href="(/claims/\w+\?saying=\w+)#judge"', page)
    forms = forms_of(client.get(links[-1]).text)
    echo = next(one for one in forms if one.get("verdict") == "echo")
    answer = client.post("/judge", data=echo)
    assert answer.status_code == 200
    assert "repeats" in answer.text
    alone = next(one for one in forms if one.get("verdict") == "no_echo")
    assert client.post("/judge", data=alone).status_code == 200
    apart = next(one for one in forms if one.get("verdict") == "not_same")
    assert client.post("/judge", data=apart).status_code == 200
    assert {one["verdict"] for one in client.get("/api/v1/judgements").json()["items"]} == {
        "echo", "no_echo", "not_same",
    }  # fmt: skip


def test_the_claim_at_a_place_is_found_whatever_its_id(client: TestClient) -> None:
    saying = claims_of(client)[0]["sayings"][0]
    report = client.get(f"/reports/{saying['report']}").url.path.removeprefix("/reports/")
    place = f"{saying['spans'][0][0]}-{saying['spans'][-1][1]}"
    assert client.get(f"/claims/at/{report}/{place}").url.path == f"/claims/{claims_of(client)[0]['id']}"
    assert client.get(f"/claims/at/{report}/0-1").status_code == 404
    assert client.get("/claims/at/nothing/0-1").status_code == 404


@pytest.mark.parametrize(
    "form",
    [
        {"verdict": "accept", "report": "v03", "thing": "a999"},
        {"verdict": "accept", "report": "nothing", "thing": "a1"},
        {"verdict": "bless", "report": "v03", "thing": "a3"},
        {"verdict": "same", "target": "claim", "value": "[["},
        {"verdict": "same", "target": "speaker", "value": "[]"},
        {"verdict": "echo", "target": "saying", "report": "v03", "spans": "[[5,1]]"},
        {"verdict": "accept", "report": "v03", "thing": "a3", "spans": "{}"},
        {"again": "0123456789abcdef"},
        {"verdict": "accept", "report": "v03", "thing": "a3", "note": "n" * 30_000},
        {},
    ],
)
def test_forms_that_say_what_cannot_be_are_refused_with_a_reason(client: TestClient, form: Fields) -> None:
    answer = client.post("/judge", data=form | {"key": form_key(client)})
    assert answer.status_code == 422
    assert "This judgement" in answer.text


def test_nothing_is_judged_without_a_signed_form_or_in_a_ledger_open_for_looking(ledger: str) -> None:
    with TestClient(create(Settings(ledger)), base_url=HERE) as client:
        for page in ("/judge", "/undo", "/who"):
            assert client.post(page, data={"key": "ü"}).status_code == 403
    with TestClient(create(Settings(ledger, read_only=True)), base_url=HERE) as client:
        key = form_key(client, "/")
        for page in ("/judge", "/undo", "/who"):
            assert client.post(page, data={"key": key}).status_code == 403
        assert 'action="/judge"' not in client.get("/reports/v03?statement=a3").text
        header = {"X-Sayso-Form": client.get("/api/v1/form").json()["key"]}
        assert client.post("/api/v1/judgements", json=of(client), headers=header).status_code == 403


def of(client: TestClient) -> dict[str, Any]:
    """A judgement for the API."""
    one = statement(client)
    report = client.get("/reports/v03").url.path.removeprefix("/reports/")
    return {"verdict": "accept", "target": "attribution", "report": report, "spans": one["content"]["spans"]}


def test_the_api_keeps_lists_and_withdraws(client: TestClient) -> None:
    header = {"X-Sayso-Form": client.get("/api/v1/form").json()["key"]}
    made = client.post("/api/v1/judgements", json=of(client), headers=header)
    assert made.status_code == 201
    assert made.json()["who"] == "Ada"
    assert client.post("/api/v1/judgements", json=made.json(), headers=header).status_code == 200
    assert client.get("/api/v1/judgements").json()["items"] == [made.json()]
    assert client.get(f"/api/v1/judgements/{made.json()['id']}").json() == made.json()
    assert client.get("/api/v1/judgements?report=0000").json()["items"] == []
    gone = client.delete(f"/api/v1/judgements/{made.json()['id']}?who=Bo", headers=header)
    assert gone.json()["withdrawn_by"] == "Bo"
    assert client.delete("/api/v1/judgements/0123456789abcdef", headers=header).status_code == 404


def test_the_api_refuses_what_another_site_could_have_sent(client: TestClient) -> None:
    body = of(client)
    assert client.post("/api/v1/judgements", json=body).status_code == 403
    assert client.post("/api/v1/judgements", json=body, headers=[(b"X-Sayso-Form", "ü".encode())]).status_code == 403
    header = {"X-Sayso-Form": client.get("/api/v1/form").json()["key"]}
    plain = header | {"content-type": "text/plain"}
    assert client.post("/api/v1/judgements", content=json.dumps(body), headers=plain).status_code == 422
    assert client.delete("/api/v1/judgements/0123456789abcdef").status_code == 403


def test_the_token_is_enough_for_the_api(ledger: str) -> None:
    with TestClient(create(Settings(ledger, token="secret-word")), base_url=HERE) as client:  # noqa: S106
        bearer = {"authorization": "Bearer secret-word"}
        client.headers.update(bearer)
        body = of(client)
        assert client.post("/api/v1/judgements", json=body).status_code == 201
        client.headers.pop("authorization")
        client.get("/?token=secret-word")
        assert client.post("/api/v1/judgements", json=body).status_code == 403


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"verdict": "echo"}, "give one of accept, reject, correct"),
        ({"spans": [[0, 10**8]]}, "count code points from 0"),
        ({"report": "nothing"}, "add the report first"),
        ({"note": "a\x00b"}, "cannot be stored"),
        ({"id": "0123456789abcdef"}, "was changed"),
        ({"spans": [[1]]}, "spans"),
        ({"made_at": "yesterday"}, "made_at"),
        ({"nonsense": 1}, "nonsense"),
    ],
)
def test_the_api_says_what_is_wrong(client: TestClient, change: dict[str, Any], why: str) -> None:
    header = {"X-Sayso-Form": client.get("/api/v1/form").json()["key"]}
    answer = client.post("/api/v1/judgements", json=of(client) | change, headers=header)
    assert answer.status_code == 422
    assert why in answer.json()["error"]["message"]


def test_several_are_undone_together_or_not_at_all(client: TestClient) -> None:
    form = correction(client, "/reports/v03?statement=a3")
    client.post("/judge", data=form | {"f.role": "envoy", "f.medium": "a letter"})
    ids = [one["id"] for one in client.get("/api/v1/judgements").json()["items"]]
    refused = client.post("/undo", data={"key": form["key"], "id": ",".join([*ids, "0123456789abcdef"])})
    assert refused.status_code == 422
    assert "Nothing was undone" in refused.text
    assert statement(client)["speaker"]["role"] == "envoy"
    assert client.post("/undo", data={"key": form["key"], "id": ",".join(ids)}).status_code == 200
    assert statement(client)["medium"] != "a letter"
    assert all(one["withdrawn_at"] for one in client.get("/api/v1/judgements").json()["items"])


def test_a_form_that_is_sent_twice_is_kept_once(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    before = reading(client)
    form = correction(client, "/reports/v03?statement=a3") | {"f.role": "envoy", "f.medium": "a letter"}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: client.post("/judge", data=form), range(4)))
    assert {answer.url for answer in answers} == {answers[0].url}
    assert len(client.get("/api/v1/judgements").json()["items"]) == 2
    undone = undo(client, answers[-1])
    assert reading(client) == before
    again = next(one for one in forms_of(undone.text) if "again" in one)
    client.post("/judge", data=again)
    assert statement(client)["medium"] == "a letter"
    monkeypatch.setattr("sayso.web.correcting.twice.LATELY", timedelta(0))
    client.post("/judge", data=again)
    assert len(client.get("/api/v1/judgements").json()["items"]) == 6


def test_one_is_led_back_to_the_very_page(client: TestClient) -> None:
    form = {"key": form_key(client), "verdict": "accept", "report": "v03", "thing": "a3"}
    for back in ("/sources/unnamed?affiliation=&naming=unnamed", "/review?what=claims&offset=0#item-2"):
        answer = client.post("/judge", data=form | {"back": back}, follow_redirects=False)
        assert re.sub("[?&]kept=[0-9a-f]{16}", "", answer.headers["location"]) == back
