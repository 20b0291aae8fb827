"""Opening a checkpoint: one file, the shards of a folder or of an index, what torch wrote, or a mapping.

Every shard is opened before a name is looked for, so that no layer is lost whose tensors lie in two of them.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from symattn.errors import WeightsError, layout
from symattn.models.configs import Config, config_of
from symattn.models.notes import Note
from symattn.models.tensor_files import Array, Weights, one_file
from symattn.models.tensors import is_module, readers_of
from symattn.numeric.arithmetics.engines import need

PLAIN = (".npz", ".safetensors")
TORCH = (".bin", ".pt", ".pth", ".ckpt")
INDEX = ".index.json"
SHARD = re.compile(r"^(?P<stem>.+)-(?P<number>\d+)-of-(?P<count>\d+)(?P<ending>\.\w+)$")
ACCEPTED = "accepted: .npz (numpy.savez), .safetensors, .bin or .pt (torch), a folder of shards, and its .index.json"


def read_weights(path: str | Path | Sequence[str | Path]) -> Weights:
    """The tensors of a .npz archive, a .safetensors file, torch's .bin or .pt, or all shards of a folder or an index.

    path    the file, the folder, or several paths, which are the shards of one model

    float16 and bfloat16 are widened to float32, exactly.  A config.json beside the file is read too: `heads` holds what
    it says against what is asked for.

    >>> import numpy as np, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     np.savez(f"{folder}/model.npz", wq=np.eye(4, 2), wk=np.eye(4, 2))
    ...     print(list(read_weights(f"{folder}/model.npz")))
    ['wq', 'wk']

    Raises    WeightsError when a file is missing, damaged, of another kind, or holds pickled objects
              MissingExtra for torch's files where torch is not installed
    """
    if not isinstance(path, str | Path):
        if not path:
            raise WeightsError(layout("no file is named", note=ACCEPTED))
        return _together([_opened(Path(part)) for part in path], ", ".join(map(str, path)))
    file = Path(path)
    weights = _opened(file)
    return weights if weights.config else _with_config(weights, file if file.is_dir() else file.parent)


def as_weights(source: Any) -> Weights:
    """The tensors of whatever holds them: what `read_weights` reads, a mapping of names to arrays, a torch module."""
    if isinstance(source, Weights):
        return source
    if isinstance(source, str | Path):
        return read_weights(source)
    if is_module(source):
        said: Any = getattr(getattr(source, "config", None), "to_dict", dict)()
        return Weights("the module", readers_of(source.state_dict()), config_of(said, "its config") if said else None)
    if isinstance(source, Mapping) or hasattr(source, "keys"):
        return Weights("the mapping", readers_of(source if isinstance(source, Mapping) else dict(source)))
    raise WeightsError(layout(f"a {type(source).__name__} holds no weights by name", note=ACCEPTED))


def _opened(file: Path) -> Weights:
    try:
        is_folder = file.is_dir()
    except OSError as reason:  # a name that is too long
        raise WeightsError(layout("cannot read a file with this name", note=str(reason.strerror))) from None
    if is_folder:
        return _folder(file)
    if not file.name.endswith((*PLAIN, *TORCH, INDEX)):
        raise WeightsError(layout(f"cannot read {file}", note=ACCEPTED))
    if not file.is_file():
        raise WeightsError(f"there is no file {file}")
    if file.name.endswith(INDEX):
        return _indexed(file)
    weights = one_file(file) if file.suffix in PLAIN else _from_torch(file)
    part = SHARD.match(file.name)
    if part is None or int(part["count"]) == 1:
        return weights
    says = (
        f"{file.name} is one of {int(part['count'])} shards, and the layers of the others are not read; pass the folder"
    )
    return replace(weights, notes=(Note(says),))


def _folder(folder: Path) -> Weights:
    """The model of a folder: that of its index, its shards, or its only file."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as reason:
        raise WeightsError(layout(f"cannot read {folder}", note=str(reason))) from None
    for ending in (*PLAIN, *TORCH):
        indexes = [name for name in names if name.endswith(f"{ending}{INDEX}")]
        found = indexes or [name for name in names if name.endswith(ending) and name != "training_args.bin"]
        shards = [name for name in found if SHARD.match(name)]
        if len(found) == 1 and not shards:
            return _opened(folder / found[0])
        if shards == found and shards:
            return _shards(folder, shards)
        if found:
            note = f"it has {', '.join(found[:5])}\npass the one that is meant"
            raise WeightsError(layout(f"{folder} holds several models", note=note))
    raise WeightsError(
        layout(f"{folder} holds no weights", note=f"it has {', '.join(names[:5]) or 'nothing'}\n{ACCEPTED}")
    )


def _shards(folder: Path, names: list[str]) -> Weights:
    """Shards without an index: every number up to the count must be there."""
    parts = [match for name in names if (match := SHARD.match(name))]
    stems = sorted({(part["stem"], int(part["count"])) for part in parts})
    if len(stems) > 1:
        note = (
            f"those of {' and of '.join(f'{stem} ({count})' for stem, count in stems)}\npass the files that are meant"
        )
        raise WeightsError(layout(f"{folder} holds the shards of several models", note=note))
    numbers, count = {int(part["number"]) for part in parts}, stems[0][1]
    missing = sorted(set(range(1, count + 1)) - numbers)
    if missing:
        note = f"number {missing[0]} is missing: a layer of it would be lost"
        raise WeightsError(layout(f"{folder} has {len(numbers)} of {count} shards", note=note))
    return _together([replace(_opened(folder / name), notes=()) for name in names], str(folder))


def _indexed(index: Path) -> Weights:
    """The shards that an index names, with every tensor where it says."""
    places = _weight_map(index)
    shards = {name: _shard(index, name) for name in sorted(set(places.values()))}
    for tensor, name in places.items():
        if tensor not in shards[name]:
            pairs = [("index", f"{index.name} says {name}"), ("shard", f"{name} does not have it")]
            raise WeightsError(layout(f"{tensor} is not where the index says", pairs))
    rest = {name: reader for part in shards.values() for name, reader in part.readers.items() if name not in places}
    return Weights(str(index), {**rest, **{name: shards[place].readers[name] for name, place in places.items()}})


def _weight_map(index: Path) -> dict[str, str]:
    content = _json(index)
    places = content.get("weight_map") if isinstance(content, dict) else None
    if not isinstance(places, dict) or not places or not all(isinstance(name, str) for name in places.values()):
        needed = 'needed: {"weight_map": {TENSOR: FILE, …}}'
        raise WeightsError(layout(f"{index} is no index of shards", note=needed))
    return places


def _shard(index: Path, name: str) -> Weights:
    if Path(name).name != name or name.endswith(INDEX):
        raise WeightsError(layout(f"{index.name} names {name}", note="needed: the name of a file in the same folder"))
    return replace(_opened(index.parent / name), notes=())


def _together(parts: Sequence[Weights], path: str) -> Weights:
    """One set of tensors out of several; none may be in two."""
    places: dict[str, str] = {}
    readers: dict[str, Callable[[], Array]] = {}
    for part in parts:
        for name, reader in part.readers.items():
            if name in places:
                pairs = [("first", places[name]), ("again", part.path)]
                raise WeightsError(layout(f"{name} is in two files: which is meant?", pairs))
            places[name], readers[name] = part.path, reader
    configs = [part.config for part in parts if part.config]
    found = Weights(path, readers, configs[0] if configs else None)
    return found if configs or not parts else _with_config(found, Path(parts[0].path).parent)


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as reason:
        raise WeightsError(layout(f"cannot read {file}", note=f"it is no JSON: {reason}")) from None


def _with_config(weights: Weights, folder: Path) -> Weights:
    """The weights with what the config.json of the folder says; one that is damaged is told of."""
    file = folder / "config.json"
    if not file.is_file():
        return weights
    try:
        config: Config | None = config_of(_json(file), file.name)
    except WeightsError as error:
        note = Note(f"config.json says nothing about the heads: {' '.join(str(error).split())}")
        return replace(weights, notes=(*weights.notes, note))
    return replace(weights, config=config)


def _from_torch(file: Path) -> Weights:
    """A file of torch, by the reader of torch that runs nothing that the file says."""
    need("torch", "torch")
    torch = import_module("torch")
    try:
        content = torch.load(file, map_location="cpu", weights_only=True)
    except Exception as reason:  # noqa: BLE001  (torch has no one error for a damaged file)
        note = f"{_first_line(reason)}\naccepted: what torch.save writes of a state dict, read with weights_only=True"
        raise WeightsError(layout(f"cannot read {file}", note=note)) from None
    if not isinstance(content, Mapping):
        raise WeightsError(layout(f"{file} holds a {type(content).__name__}", note="needed: a state dict, by names"))
    return Weights(str(file), readers_of(content))


def _first_line(reason: BaseException) -> str:
    return next(iter(_lines(str(reason))), type(reason).__name__)


def _lines(text: str) -> Iterable[str]:
    found: Iterator[str] = (line.strip() for line in text.splitlines())
    return (line for line in found if line)
