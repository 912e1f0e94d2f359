"""Make the weights: ``python -m training --shared DIR --base DIR --run DIR``."""

import argparse
import logging
from pathlib import Path

import torch
from safetensors.torch import load_file

from sayso.reader.segment import Segmenter
from training.data import load_corpus, load_passages
from training.evaluate import numbers
from training.network import Network, Size, load_encoder
from training.silver import load_documents, save_documents, with_silver
from training.train import Master, Plan, describe, documents_of_epoch, load_checkpoint, log, run_epoch

PASSAGES = Path(__file__).with_name("passages")


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpora/, gold/, seed/ and bench/")
    parser.add_argument("--base", type=Path, required=True, help="folder with model.safetensors and tokenizer.json")
    parser.add_argument("--run", type=Path, required=True, help="folder for checkpoints, logs and results")
    parser.add_argument("--seed", type=int, default=Plan.seed)
    return parser.parse_args()


def train(args: argparse.Namespace) -> Network:
    """All epochs, going on from the run's checkpoint; returns the averaged network."""
    plan, segmenter = Plan(seed=args.seed), Segmenter(args.base / "tokenizer.json")
    corpus = load_corpus(args.shared / "corpora/polnear/train.jsonl")
    torch.manual_seed(plan.seed)
    network = Network(Size())
    load_encoder(network, load_file(args.base / "model.safetensors"))
    saved = load_checkpoint(args.run / "checkpoint.pt")
    master = Master(network, plan, plan.steps)
    done = 0
    if saved:
        master.restore(saved)
        done = int(saved["epoch"])  # type: ignore[call-overload]
    log.info("plan %s; %d epochs done", describe(plan), done)
    for number in range(done, plan.epochs):
        if number == plan.silver_from and not (args.run / "silver.json").exists():
            log.info("labelling nested attributions in the corpus")
            save_documents(with_silver(corpus, master.averaged(), segmenter, args.run / "silver"), args.run)
        corpus = load_documents(args.run) if number >= plan.silver_from else corpus
        passages = load_passages(PASSAGES) if number >= plan.corpus_only else []
        items = documents_of_epoch(corpus, passages, segmenter, plan, number)
        log.info("epoch %d: %d windows, %d passages", number, len(items), len(passages))
        run_epoch(master, items, plan.seed * 1000 + number)
        torch.save(master.state() | {"epoch": number + 1}, args.run / "checkpoint.new")
        (args.run / "checkpoint.new").replace(args.run / "checkpoint.pt")
        last = number + 1 == plan.epochs
        scores = numbers(master.averaged(), segmenter, args.shared, None if last else 30)
        log.info("epoch %d: %s", number, " ".join(f"{k} {v:.1f}" for k, v in scores.items()))
    return master.averaged()


def main() -> None:
    """Train."""
    args = arguments()
    args.run.mkdir(parents=True, exist_ok=True)
    handlers: list[logging.Handler] = [logging.StreamHandler(), logging.FileHandler(args.run / "log.txt")]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=handlers)
    network = train(args)
    torch.save(network.state_dict(), args.run / "network.pt")


if __name__ == "__main__":
    main()
