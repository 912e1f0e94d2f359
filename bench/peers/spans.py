"""What every finder gives: attributions as spans of a text. Standard library only."""

from dataclasses import dataclass

Pair = tuple[int, int]


@dataclass(frozen=True)
class Attribution:
    """Who is credited with what: half-open spans, each part possibly in pieces, the source possibly missing."""

    source: tuple[Pair, ...]
    cue: tuple[Pair, ...]
    content: tuple[Pair, ...]

    def moved(self, by: int) -> "Attribution":
        """The same, ``by`` characters further on."""
        source, cue, content = (
            tuple((start + by, end + by) for start, end in part) for part in (self.source, self.cue, self.content)
        )
        return Attribution(source, cue, content)
