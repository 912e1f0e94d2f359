"""The application over a ledger on a PostgreSQL server: pages open, corrections are kept, odd requests find nothing."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from sayso import weighing
from sayso.adding import Tally, add_reports, embed
from sayso.ingest import reports
from sayso.record.ledger import Ledger
from sayso.web.app import create
from sayso.web.settings import Settings
from tests.record import postgres
from tests.web.conftest import HERE, SAMPLE
from tests.web.test_judging import correction, statement, undo
from tests.web.test_pages import PAGES, claims_of, form_key, story_of

OTHERS = (
    "/review", "/reports/v03?statement=a3", "/search?q=truce&by=reports", "/search?q=truce&by=meaning",
    "/sources?who=outlets", "/sources?who=unnamed", "/sources/outlet/Ostrin%20Herald", "/api/v1/search?q=truce",
    "/sources/speaker/Highland%20Front", "/sources/unnamed?affiliation=&naming=unnamed", "/judgements?as=csv",
    "/review?what=statements", "/review?what=speakers", "/review?what=claims", "/figures?least=1",
    "/search?speaker=ministry&after=2031-01-01&before=2032-01-01&naming=named",
)  # fmt: skip


@pytest.fixture(scope="module")
def place() -> Iterator[str]:
    """The URL of a ledger of the sample story on a server of its own."""
    programs = postgres.programs()
    if programs is None:
        assert not os.environ.get("CI"), "CI must have PostgreSQL: .ci/run installs it"
        pytest.skip("no PostgreSQL on this machine: install Debian's postgresql to run these")
    with postgres.server(programs) as server:
        url = postgres.new_database(server)
        with Ledger(url, embed=embed) as ledger:
            add_reports(ledger, reports([SAMPLE]), Tally())
            weighing.refresh(ledger)
        yield url


@pytest.fixture
def client(place: str) -> Iterator[TestClient]:
    with TestClient(create(Settings(place, who="Ada")), base_url=HERE) as client:
        yield client


def test_every_page_opens(client: TestClient) -> None:
    story, claim = story_of(client)["id"], claims_of(client)[0]["id"]
    for page in (*PAGES, *OTHERS, f"/stories/{story}", f"/claims/{claim}?find=truce", f"/search?q=truce&story={story}"):
        assert client.get(page).status_code == 200, page


def test_no_correction_is_lost_when_many_are_sent_at_once(client: TestClient) -> None:
    form = correction(client, "/reports/v03?statement=a3")
    roles = [f"envoy {number}" for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda role: client.post("/judge", data=form | {"f.role": role}), roles))
    assert [answer.status_code for answer in answers] == [200] * len(roles)
    told = client.get("/api/v1/judgements?limit=500").json()["items"]
    assert sorted(one["value"] for one in told) == sorted(roles)
    assert statement(client)["speaker"]["role"] == told[0]["value"]


def test_a_correction_shows_everywhere_at_once_and_is_undone(client: TestClient) -> None:
    answer = client.post("/judge", data=correction(client, "/reports/v03?statement=a3") | {"f.speaker": "Mara Quill"})
    assert "Mara Quill" in client.get("/sources?q=Mara").text
    undo(client, answer)
    assert "Mara Quill" not in client.get("/sources?q=Mara").text


@pytest.mark.parametrize(
    "path",
    [
        "/reports/%00", "/sources/speaker/%00", "/claims/%00", "/figures/%00/%00", "/stories/%00", "/claims/at/%00/0-1",
        "/api/v1/reports/%00", "/sources/unnamed?affiliation=%00", "/sources/speaker/%ED%A0%80",
    ],
)  # fmt: skip
def test_what_no_database_takes_is_nowhere(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_odd_questions_and_forms_break_nothing(client: TestClient) -> None:
    for page in ("/api/v1/judgements?report=%00", "/review?kept=a%00b", "/search?outlet=a%00", "/search?q=a%00b"):
        assert client.get(page).status_code == 200, page
    key = form_key(client)
    for name in ("again", "report", "thing", "note", "field", "other", "back", "who"):
        sent = {"verdict": "accept", "report": "v03", "thing": "a3", "key": key, name: "a\0b"}
        assert client.post("/judge", data=sent).status_code in {200, 404, 422}, name
    assert client.post("/undo", data={"key": key, "id": "a\0b"}).status_code == 422
