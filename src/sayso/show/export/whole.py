"""Files and folders that are there whole or not at all, whatever happens while they are written."""

import os
import secrets
import shutil
from collections.abc import Iterator, Set
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO

from sayso.errors import InputError

KEPT = 60


def opened(to: Path | BinaryIO, *, overwrite: bool = False) -> AbstractContextManager[BinaryIO]:
    """The stream that is given, or ``whole_file`` of the path."""
    return whole_file(to, overwrite=overwrite) if isinstance(to, Path) else nullcontext(to)


@contextmanager
def whole_file(to: Path, *, overwrite: bool = False) -> Iterator[BinaryIO]:
    """A stream into ``to``, which gets its name when all is written; a pipe or a device is written to directly.

    InputError if it is there already and may not be overwritten, if it is a folder or if its folder is missing.
    """
    if to.exists() and not to.is_file() and not to.is_dir():
        with to.open("wb") as stream:
            yield stream
        return
    target = _real(to)
    _check(to, target, overwrite=overwrite)
    part = _beside(target)
    try:
        with _created(part, to) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        _check(to, target, overwrite=overwrite)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _real(to: Path) -> Path:
    """Where ``to`` leads: what a link points to is written, the link stays."""
    return Path(os.path.realpath(to))


def _check(to: Path, target: Path, *, overwrite: bool) -> None:
    if target.is_dir():
        raise InputError(f"{to} is a folder: name a file in it")
    if target.exists() and not overwrite:
        raise InputError(f"{to} is there already: name another file, or ask to overwrite it")
    _check_parent(to, target)


def _check_parent(to: Path, target: Path) -> None:
    if not target.parent.is_dir():
        raise InputError(f"{to} cannot be written, for {target.parent} is no folder: make it first")


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name[:KEPT]}.{secrets.token_hex(4)}.part")


def _created(part: Path, to: Path) -> BinaryIO:
    try:
        return part.open("xb")
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(to)) from error


@contextmanager
def whole_folder(to: Path, suffixes: Set[str], *, overwrite: bool = False) -> Iterator[Path]:
    """An empty folder to fill, which becomes ``to`` when all is written.

    An older one is replaced if ``overwrite`` is set and it holds nothing but files with one of the ``suffixes``.
    InputError if it may not be replaced, if it is a file or if the folder around it is missing.
    """
    target = _real(to)
    _check_folder(to, target, suffixes, overwrite=overwrite)
    part = _beside(target)
    try:
        _made(part, to)
        yield part
        _check_folder(to, target, suffixes, overwrite=overwrite)
        _put(part, target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _check_folder(to: Path, target: Path, suffixes: Set[str], *, overwrite: bool) -> None:
    if target.exists() and not target.is_dir():
        raise InputError(f"{to} is a file: name a folder")
    _check_parent(to, target)
    held = sorted(target.iterdir()) if target.is_dir() else []
    if held and not overwrite:
        raise InputError(f"{to} is a folder with files in it: name another one, or ask to overwrite it")
    if other := next((path for path in held if not path.is_file() or path.suffix not in suffixes), None):
        raise InputError(f"{to} holds what no such export has made ({other.name}): name another folder")


def _made(part: Path, to: Path) -> None:
    try:
        part.mkdir()
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(to)) from error


def _put(part: Path, target: Path) -> None:
    """Give the folder its name; the older one goes when the new one stands."""
    if not target.exists():
        part.rename(target)
        return
    old = _beside(target)
    target.rename(old)
    part.rename(target)
    shutil.rmtree(old, ignore_errors=True)
