"""Files, folders and streams → reports, or a reason why not."""

from sayso.ingest.inputs import Defaults, reports

__all__ = ["Defaults", "reports"]
