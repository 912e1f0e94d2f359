"""Which runs of a page make up its article.

trafilatura finds the article; it also loses parts of it: quotations in boxes, list items, rows of figures, whatever
follows the first of several pieces. What stands in the same place as what it kept, reads like news and is in no box
for something else is put back.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sayso.ingest.details.credits import is_credit
from sayso.ingest.html.kinds import Kind, is_layout
from sayso.ingest.html.runs import Run
from sayso.ingest.html.tree import Element

MOST = 0.8
TOO_MUCH_TO_BE_EXTRA = 0.4
LEVELS_UP = 3
LEAST_WORDS, LEAST_LINE, LEAST_COPY = 5, 2, 7
CREDITS_WITHIN = 12
LINKS_IN_A_PIECE = 0.2
LEAVES = frozenset({"blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "pre", "td", "th", "tr"})
WHOLE = frozenset({"body", "html"})
NOT_OURS: frozenset[Kind] = frozenset({"aside", "byline", "caption", "extra", "foot", "hidden"})
QUOTED: frozenset[Kind] = frozenset({"pull", "quotation"})
SENTENCE = re.compile(r"(?:[.!?…][\"'”’»)\]]*|[:,][\"”]?|[\"”])$")
FIGURE = re.compile(r"\d")
PROMPT = re.compile(
    r"(?i)(?:advertisement|sponsored|promoted|share(?: this.*)?|tweet|print|email|comments?|load more|continue reading"
    r"|(?:read|see) (?:more|also|next)\b.*|also read\b.*|more on this.*|related\b(?: \w+){0,2}:.*"
    r"|recommended(?: for you| reading| stories)?:?"
    r"|(?:story|article) continues (?:below|after).*|sign up (?:for|to)\b.*|subscribe (?:to|now)\b.*|follow us\b.*"
    r"|click here\b.*|listen to this (?:article|story).*|\d+ min(?:ute)?s? read|download (?:our|the) app\b.*"
    r"|get (?:our|the latest)\b.*newsletter.*|watch:.*|photos?:.*|all rights reserved.*|skip to .*|image source.*"
    r"|our standards:.*|.*\bsign up (?:here|now)\W*)"
)
AUTHOR = re.compile(
    r"(?:[A-ZÀ-Þ][\w.’'-]+ ){2,4}(?:(?:is|was) an? .*\b(?:columnist|correspondent|editor|journalist|reporter|writer)\b"
    r"|(?:covers|reports on|writes about) )"
)
LONGEST_PROMPT, LONGEST_CLOCK = 200, 30
WORD = re.compile(r"[^\W\d_]{3}")
NOT_LETTERS = re.compile(r"\W+")


@dataclass(frozen=True)
class Page:
    """The runs of a page in its order, and the numbers of those that an extractor kept, one at least."""

    tree: Element
    runs: list[Run]
    kept: set[int]

    @cached_property
    def elements(self) -> list[Element]:
        """Every element, in order; held, so that each stays the same object."""
        return list(self.tree.iter())

    @cached_property
    def weights(self) -> dict[Element, int]:
        """How much of what was kept stands in each element."""
        weights: defaultdict[Element, int] = defaultdict(int)
        for number in self.kept:
            weights[self.runs[number].block] += self.runs[number].length
        for element in reversed(self.elements):
            if (weight := weights.get(element)) and (outer := element.getparent()) is not None:
                weights[outer] += weight
        return weights

    @cached_property
    def core(self) -> Element:
        """The innermost box that holds most of what was kept."""
        core, enough = self.tree, MOST * self.weights[self.tree]
        while (inner := next((e for e in core if self.weights.get(e, 0) >= enough), None)) is not None:
            core = inner
        while core.tag in LEAVES and core.getparent() is not None:
            core = core.getparent()
        return core

    @cached_property
    def scope(self) -> Element:
        """The core, or what holds it and its like: the other pieces of the article, the other posts of a live blog."""
        scope = inner = self.core
        for _ in range(LEVELS_UP):
            outer = inner.getparent()
            if outer is None or inner.tag in WHOLE:
                break
            scope = outer if any(self._is_another_piece(other, inner) for other in outer) else scope
            inner = outer
        return scope

    def _is_another_piece(self, other: Element, inner: Element) -> bool:
        """Whether it looks like another piece of the same article."""
        if other is inner or other.tag != inner.tag or not _share_a_name(other, inner):
            return False
        if other.find(".//h1") is not None and inner.find(".//h1") is not None:
            return False
        runs = self.within(other)
        if any(run.heading is not None and run.is_linked for run in runs):
            return False
        linked, length = sum(run.linked for run in runs), sum(run.length for run in runs)
        return linked <= LINKS_IN_A_PIECE * length and any(map(is_sentence, runs))

    def within(self, element: Element) -> list[Run]:
        """The runs in an element."""
        inside = set(element.iter())
        return [run for run in self.runs if run.block in inside]

    @cached_property
    def around(self) -> set[Element]:
        """What is in the article's outermost box: an <article> or <main> near the scope, else the scope itself."""
        boxes = [self.scope, *self.scope.iterancestors()][: LEVELS_UP + 1]
        return set(next((box for box in reversed(boxes) if box.tag in ("article", "main")), self.scope).iter())

    @cached_property
    def places(self) -> set[Element]:
        """The boxes in which something was kept, one level around the paragraph."""
        return {_place(self.runs[number].block) for number in self.kept}


def article_of(page: Page, titles: set[str]) -> list[Run]:
    """The runs of the article, in order, without its title, which is one of ``titles``."""
    inside = set(page.scope.iter())
    chosen = {number for number in range(len(page.runs)) if _belongs(page, number, inside)}
    chosen |= {*_leads(page, inside), *_credits(page), *_headings(page, chosen, inside)}
    known = {letters(title) for title in titles}
    runs = [page.runs[number] for number in sorted(chosen)]
    return list(_without_repeats([run for run in runs if letters(run.text) not in known]))


def _belongs(page: Page, number: int, inside: set[Element]) -> bool:
    """Whether a run that is no heading is part of the article."""
    run = page.runs[number]
    if run.heading is not None or is_prompt(run) or _is_clock(run) or _is_not_ours(page, run):
        return False
    if run.is_linked and not ends_a_sentence(run):
        return False
    if run.block not in inside and AUTHOR.match(run.text):
        return False
    return number in page.kept or (_is_near(page, number, inside) and (_is_news(run) or _is_among_them(page, number)))


def _is_among_them(page: Page, number: int) -> bool:
    """Whether it is a short paragraph side by side with those that were kept, as when people answer each other."""
    run = page.runs[number]
    between = min(page.kept) < number < max(page.kept)
    return between and run.block.tag == "p" and _place(run.block) in page.places and ends_a_sentence(run, LEAST_LINE)


def _headings(page: Page, chosen: set[int], inside: set[Element]) -> Iterator[int]:
    """The headings of what was chosen, without that of the page."""
    for number, run in enumerate(page.runs):
        if run.heading is None or run.heading.tag == "h1" or number + 1 not in chosen or run.block not in inside:
            continue
        if not run.is_linked and not is_prompt(run) and not _is_not_ours(page, run):
            yield number


def _leads(page: Page, inside: set[Element]) -> Iterator[int]:
    """What introduces the article and stands above it."""
    for number, run in enumerate(page.runs[: min(page.kept)]):
        is_lead = bool(run.kinds) and run.kinds[-1][1] == "lead" and len(run.text.split()) >= LEAST_WORDS
        if is_lead and run.block in page.around and run.block not in inside:
            yield number


def _credits(page: Page) -> Iterator[int]:
    """Who is thanked at the end of the article, in or below it."""
    last = max(page.kept) + 1
    for number, run in enumerate(page.runs[last : last + CREDITS_WITHIN], last):
        if run.block in page.around and not run.is_linked and is_credit(run.text):
            yield number


def _is_not_ours(page: Page, run: Run) -> bool:
    """Whether it stands in a box for something else, which no box is that holds much of the article."""
    much = TOO_MUCH_TO_BE_EXTRA * page.weights[page.tree]
    kinds = [kind for box, kind in run.kinds if page.weights.get(box, 0) < much]
    about_quotation = {"aside", "foot", "byline"} if any(kind in QUOTED for kind in kinds) else set()
    return any(kind in NOT_OURS and kind not in about_quotation for kind in kinds)


def _is_near(page: Page, number: int, inside: set[Element]) -> bool:
    """Whether it stands where the article does."""
    run = page.runs[number]
    if run.block not in inside:
        return False
    if page.scope.tag not in WHOLE:
        return True
    between = min(page.kept) < number < max(page.kept)
    return _place(run.block) in page.places or (between and is_quoted(run))


def _is_news(run: Run) -> bool:
    """Whether it reads like a part of a report, rather than like a link, a button or a label."""
    if run.is_linked:
        return False
    if run.table is not None:
        return FIGURE.search(run.text) is not None
    return is_quoted(run) or is_sentence(run)


def is_quoted(run: Run) -> bool:
    """Whether it stands in a box for quotations."""
    return any(kind in QUOTED for _, kind in run.kinds)


def is_sentence(run: Run) -> bool:
    """Whether it ends like a sentence, or opens a list or quotation."""
    return ends_a_sentence(run) and not run.is_linked


def ends_a_sentence(run: Run, words: int = LEAST_WORDS) -> bool:
    """Whether it has enough words for a sentence and ends like one."""
    return len(run.text.split()) >= words and SENTENCE.search(run.text) is not None


def is_prompt(run: Run) -> bool:
    """Whether it asks the reader to do something with the page."""
    return len(run.text) <= LONGEST_PROMPT and PROMPT.fullmatch(run.text) is not None


def _is_clock(run: Run) -> bool:
    """Whether it is but an hour, a number or a row of stars."""
    if len(run.text) > LONGEST_CLOCK or run.table is not None or WORD.search(run.text):
        return False
    return FIGURE.search(run.text) is not None or not any(map(str.isalpha, run.text))


def _without_repeats(runs: list[Run]) -> Iterator[Run]:
    """Without pull quotes and second copies for small screens, which say again what the text says."""
    words = [letters(run.text) for run in runs]
    others = "\n".join(said for said, run in zip(words, runs, strict=True) if not _is_pull(run))
    seen: set[str] = set()
    for said, run in zip(words, runs, strict=True):
        is_copy = said in seen and said.count(" ") >= LEAST_COPY
        if not is_copy and not (_is_pull(run) and said in others):
            yield run
        seen.add(said)


def _is_pull(run: Run) -> bool:
    return any(kind in ("pull", "aside") for _, kind in run.kinds)


def letters(text: str) -> str:
    """The words without case and signs, for telling whether two texts say the same."""
    return NOT_LETTERS.sub(" ", text.lower()).strip()


def _place(block: Element) -> Element:
    return block.getparent() if block.tag in LEAVES and block.getparent() is not None else block


def _share_a_name(one: Element, other: Element) -> bool:
    """Whether two boxes are called by the same name, and not one that only says how the page is laid out."""
    names, others = ((element.get("class") or "").split() for element in (one, other))
    if not names and not others:
        return one.tag in ("article", "section")
    return any(name in others and not is_layout(name) for name in names)
