"""What keeps the application to its owner: headers, hosts, the token, and signed forms.

Pages may load nothing but what this server sends (Content Security Policy, W3C). Forms carry a value signed for the
browser that asked for them, and come from a page of this server (OWASP, cross-site request forgery prevention).
Cookies are SameSite=Lax: with Strict, who follows a link from a mail or a chat would come without them.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import Request, cookie_parser
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.web.limits import limited
from sayso.web.settings import Settings, is_loopback

BROWSER, TOKEN = "sayso_browser", "sayso_token"
NOWHERE = "\ufffd"
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
    failed: Callable[[Request], Response]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request. What goes wrong on the way is answered by what ``failed`` says, and raised."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope = _without_nul(scope)
        headers, cookies = Headers(scope=scope), _cookies(scope)
        browser = cookies.get(BROWSER) or secrets.token_urlsafe(16)
        scope.setdefault("state", {})["browser"] = browser
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                answer = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answer.setdefault(name, value)
                if BROWSER not in cookies:
                    answer.append("set-cookie", f"{BROWSER}={browser}; Path=/; HttpOnly; SameSite=Lax")
            await send(message)

        try:
            refused = self._refused(scope, headers, cookies)
            await (refused or self.app)(scope, limited(scope, receive, self.settings.most_bytes), sending)
        except Exception:
            if not begun:
                await self.failed(Request(scope))(scope, receive, sending)
            raise

    def _refused(self, scope: Scope, headers: Headers, cookies: dict[str, str]) -> Response | None:
        if self.settings.local and not _own_host(headers.get("host", "")):
            return _refusal(scope, 421, "This server answers to localhost alone.")
        if scope["method"] not in SAFE and _foreign(headers):
            return _refusal(scope, 403, "This form was sent from another site.")
        return self._without_token(scope, headers, cookies) if self.settings.token else None

    def _without_token(self, scope: Scope, headers: Headers, cookies: dict[str, str]) -> Response | None:
        given = QueryParams(scope["query_string"])
        if "token" in given and self._fits(given["token"]):
            rest = urlencode([(name, value) for name, value in given.multi_items() if name != "token"])
            answer = RedirectResponse(quote(f"/{scope['path'].lstrip('/')}") + (f"?{rest}" if rest else ""), 303)
            answer.set_cookie(TOKEN, given["token"], httponly=True, samesite="lax")
            return answer
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        if self._fits(cookies.get(TOKEN, "")) or self._fits(bearer):
            return None
        return _refusal(scope, 401, "Open the address with ?token=… that `sayso serve` printed.")

    def _fits(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), (self.settings.token or "").encode())


def _without_nul(scope: Scope) -> Scope:
    """The request, asking for what is nowhere instead of what no database takes: U+0000."""
    query = scope["query_string"].replace(b"%00", quote(NOWHERE).encode()).replace(b"\0", b"")
    return {**scope, "path": scope["path"].replace("\0", NOWHERE), "query_string": query}


def _cookies(scope: Scope) -> dict[str, str]:
    return cookie_parser(Headers(scope=scope).get("cookie", ""))


def _refusal(scope: Scope, status: int, message: str) -> Response:
    if scope["path"].startswith("/api/"):
        return JSONResponse({"error": {"status": status, "message": message}}, status)
    return PlainTextResponse(f"{message}\n", status)


def _own_host(host: str) -> bool:
    """Whether the request was meant for this machine, not for a name that somebody pointed here."""
    try:
        return is_loopback(urlsplit(f"//{host}").hostname or "")
    except ValueError:
        return False


def _foreign(headers: Headers) -> bool:
    """Whether a browser says that another site sent this."""
    origin = headers.get("origin")
    if origin is not None:
        return origin.partition("://")[2] != headers.get("host")
    return headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")


def form_key(request: Request) -> str:
    """The value that a form of this browser must carry."""
    settings: Settings = request.app.state.settings
    return hmac.new(settings.secret, request.state.browser.encode(), hashlib.sha256).hexdigest()


def is_signed(request: Request, key: str | None) -> bool:
    """Whether a form carries its value."""
    return hmac.compare_digest(form_key(request).encode(), (key or "").encode(errors="replace"))


def is_bearer(request: Request) -> bool:
    """Whether a request carries the token in a header, as no other site can have a browser do."""
    settings: Settings = request.app.state.settings
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    return bool(settings.token) and hmac.compare_digest(given.encode(), (settings.token or "").encode())
