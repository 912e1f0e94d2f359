"""What the documentation adds to Sphinx: it runs the commands that pages show, and writes the reference."""

import shutil
from typing import Any

from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Tell Sphinx what pages may use."""
    from docs.building.directives import ALL, Floor

    for name, directive in ALL.items():
        app.add_directive(name, directive)
    app.add_role("floor", Floor())
    app.connect("autodoc-process-signature", _readable)
    app.connect("build-finished", _clear)
    return {"parallel_read_safe": False, "parallel_write_safe": True}


def _readable(*told: object) -> tuple[str | None, str | None]:
    """A signature with the names of choices instead of all their values, and with defaults that Sphinx can parse."""
    from docs.building.fields import named_choices

    signature, returned = (named_choices(text) if isinstance(text, str) else None for text in told[-2:])
    return signature and signature.replace("<factory>", "..."), returned


def _clear(*_: object) -> None:
    from docs.building.directives import STAGES

    for stage in STAGES.values():
        shutil.rmtree(stage.folder)
    STAGES.clear()
