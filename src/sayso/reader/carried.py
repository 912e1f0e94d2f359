"""What holds on for a speaker's next lines: the outlets that were told, the day, the medium."""

from sayso.lexicon.wordsets import wordset
from sayso.terms.reading import Attribution, When

NEXT_LINES, NEXT_WORDS = 1500, 1000
OWN_MEDIA, LASTING = wordset("own_media"), wordset("lasting_media")
Occasion = tuple[str | None, tuple[str, ...]]


class Carried:
    """What the lines so far have told of their speakers. Lines must be asked for in order."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._relays: dict[str, tuple[str, ...]] = {}
        self._days: dict[Occasion, tuple[When, int]] = {}
        self._media: dict[Occasion, tuple[str, int]] = {}

    def relays(
        self, attribution: Attribution, told: str | None, above: tuple[str, ...], label: str, *, by_outlet: bool
    ) -> tuple[str, ...]:
        """Outlets told and enclosing speakers (``above``); outlets stay for the same speaker's later lines."""
        speaker = attribution.speaker
        key = speaker.name or (label.lower() if speaker.naming != "unsourced" else "")
        if speaker.kind == "outlet" and not above:
            return ()
        if told and told != speaker.name:
            relays = (*above, told) if told not in above else above
        elif above:
            relays = tuple(name for name in above if name != speaker.name)
        else:
            return self._relays.get(key, ()) if key and attribution.medium not in OWN_MEDIA else ()
        if key and ((told and not above) or (by_outlet and speaker.kind == "person" and key not in self._relays)):
            self._relays[key] = relays
        return relays

    def day(self, attribution: Attribution, relays: tuple[str, ...]) -> When | None:
        """When it was said; a person's next lines through the same outlets were said on the same day."""
        at, speaker = _place(attribution), attribution.speaker
        key = (speaker.name, relays)
        if attribution.said or speaker.kind != "person" or not speaker.name:
            if attribution.said and attribution.said.grain == "day":
                self._days[key] = (attribution.said, at)
            return attribution.said
        when, before = self._days.get(key, (None, 0))
        return when if at - before < NEXT_LINES else None

    def medium(self, attribution: Attribution, relays: tuple[str, ...], label: str) -> str | None:
        """How it was said; a person's next lines through the same outlets come from the same interview or video."""
        at, key = _place(attribution), (attribution.speaker.name or label, relays)
        if attribution.medium or attribution.speaker.kind != "person":
            if attribution.medium in LASTING:
                self._media[key] = (str(attribution.medium), at)
            return attribution.medium
        medium, before = self._media.get(key, (None, 0))
        if medium is None or at - before > NEXT_WORDS:
            return None
        self._media[key] = (medium, at)
        return medium


def _place(attribution: Attribution) -> int:
    return attribution.cue.start if attribution.cue else attribution.content.start
