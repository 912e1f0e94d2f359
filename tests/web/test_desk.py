"""The open ledger: it goes on whatever fails in the background, and finds claims while stories come and go."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from sayso.web.desk import Desk
from tests.web.test_pages import claims_of


def test_what_goes_wrong_in_the_background_is_told_and_does_not_end_it(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: Any) -> None:
        raise RuntimeError("secret of the house")

    desk: Desk = client.app.state.desk  # type: ignore[attr-defined]
    with monkeypatch.context() as patched:
        patched.setattr("sayso.weighing.refresh", breaks)
        desk.changed()
        assert desk.wait(5)
        page = client.get("/stories").text
        assert "not brought up to date" in page
        assert "secret" not in page
    desk.changed()
    assert desk.wait(5)
    assert "not brought up to date" not in client.get("/stories").text


def test_a_claim_is_found_though_its_story_is_closed_meanwhile(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = claims_of(client)[0]["id"]
    monkeypatch.setattr("sayso.web.opened.Opened.put", lambda *_: None)
    monkeypatch.setattr("sayso.web.opened.Opened.claim", lambda *_: None)
    monkeypatch.setattr("sayso.weighing.claim", lambda *_: None)
    assert client.get(f"/claims/{claim}").status_code == 200
