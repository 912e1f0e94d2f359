"""``sayso serve``."""

from typing import TYPE_CHECKING

import click

from sayso.cli.ledgers import LEDGER

if TYPE_CHECKING:
    from sayso.web.settings import Settings

EPILOG = """\b
Examples:
  sayso serve
  sayso serve --ledger tally.db --port 8080 --read-only
  sayso serve --host 0.0.0.0 --token "$(openssl rand -hex 16)"

\b
The application answers to this machine alone, unless --host says otherwise; then every browser must know the token.
Stop it with Ctrl-C."""


@click.command("serve", epilog=EPILOG)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free one.")
@click.option(
    "--token", envvar="SAYSO_TOKEN", help="What a browser must know. [default: one is made, if one is needed]"
)
@click.option("--read-only", is_flag=True, help="Nothing can be added or judged.")
@click.option("--open/--no-open", "browse", default=False, help="Open it in a browser.")
@LEDGER
def command(host: str, port: int, token: str | None, read_only: bool, browse: bool, where: str | None) -> None:
    """Open the ledger in a browser: stories, claims, figures, sources, corrections."""
    import secrets

    from sayso.cli.judging import judging_user
    from sayso.cli.ledgers import place

    try:
        from sayso.web.settings import Settings, is_loopback
    except ImportError as error:
        raise click.UsageError(
            f"the web application is not installed ({error.name}): pip install 'sayso[web]'"
        ) from None
    if not is_loopback(host) and not token:
        token = secrets.token_urlsafe(16)
    run(Settings(place(where), host, port, token, read_only=read_only, who=judging_user()), browse=browse)


def run(settings: "Settings", *, browse: bool) -> None:
    """Serve until told to stop."""
    import gc
    import webbrowser

    gc.disable()  # nothing of what is loaded from here on is garbage: a tenth of the start would go into looking for it
    import uvicorn

    from sayso.web.app import create
    from sayso.web.listening import listening

    with listening(settings.host, settings.port) as (socket, address):
        url = f"http://{address}/" + (f"?token={settings.token}" if settings.token else "")
        click.echo(f"Sayso is at {url} (stop it with Ctrl-C)", err=True)
        if browse:
            webbrowser.open(url)
        config = uvicorn.Config(create(settings), log_level="warning", access_log=False, server_header=False)
        gc.freeze()
        gc.enable()
        uvicorn.Server(config).run([socket])
