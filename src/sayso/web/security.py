"""What keeps the application to its owner: headers, hosts, the token, and signed forms.

Pages may load nothing but what this server sends (Content Security Policy, W3C). Forms carry a value signed for the
browser that asked for them, and come from a page of this server (OWASP, cross-site request forgery prevention).
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import Request, cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.web.settings import LOOPBACK, Settings

BROWSER, TOKEN = "sayso_browser", "sayso_token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True)
class Guard:
    """ASGI middleware: turns away what must not come in, and gives every answer its headers."""

    app: ASGIApp
    settings: Settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers, cookies = Headers(scope=scope), _cookies(scope)
        browser = cookies.get(BROWSER) or secrets.token_urlsafe(16)
        scope.setdefault("state", {})["browser"] = browser
        refused = self._refused(scope, headers, cookies)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answer.setdefault(name, value)
                if BROWSER not in cookies:
                    answer.append("set-cookie", f"{BROWSER}={browser}; Path=/; HttpOnly; SameSite=Strict")
            await send(message)

        await (refused or self.app)(scope, receive, sending)

    def _refused(self, scope: Scope, headers: Headers, cookies: dict[str, str]) -> Response | None:
        if self.settings.local and not _own_host(headers.get("host", "")):
            return PlainTextResponse("This server answers to localhost alone.\n", 421)
        if scope["method"] not in SAFE and _foreign(headers):
            return PlainTextResponse("This form was sent from another site.\n", 403)
        return self._without_token(scope, headers, cookies) if self.settings.token else None

    def _without_token(self, scope: Scope, headers: Headers, cookies: dict[str, str]) -> Response | None:
        given = QueryParams(scope["query_string"])
        if "token" in given and self._fits(given["token"]):
            rest = urlencode([(name, value) for name, value in given.multi_items() if name != "token"])
            answer = RedirectResponse(scope["path"] + (f"?{rest}" if rest else ""), 303)
            answer.set_cookie(TOKEN, given["token"], httponly=True, samesite="strict")
            return answer
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        if self._fits(cookies.get(TOKEN, "")) or self._fits(bearer):
            return None
        return PlainTextResponse("Open the address with ?token=… that `sayso serve` printed.\n", 401)

    def _fits(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), (self.settings.token or "").encode())


def _cookies(scope: Scope) -> dict[str, str]:
    return cookie_parser(Headers(scope=scope).get("cookie", ""))


def _own_host(host: str) -> bool:
    """Whether the request was meant for this machine, not for a name that somebody pointed here."""
    return (urlsplit(f"//{host}").hostname or "") in LOOPBACK


def _foreign(headers: Headers) -> bool:
    """Whether a browser says that another site sent this."""
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc != headers.get("host")
    return headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")


def form_key(request: Request) -> str:
    """The value that a form of this browser must carry."""
    settings: Settings = request.app.state.settings
    return hmac.new(settings.secret, request.state.browser.encode(), hashlib.sha256).hexdigest()


def is_signed(request: Request, key: str | None) -> bool:
    """Whether a form carries its value."""
    return hmac.compare_digest(form_key(request), key or "")
