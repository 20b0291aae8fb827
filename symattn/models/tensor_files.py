"""The tensors of one .npz or .safetensors file, without executing anything that the file says.

`checkpoints` opens these, folders and shards, and what torch wrote; `trained` cuts the matrices into heads.
"""

import json
import tokenize
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from math import prod
from pathlib import Path
from typing import Any

import numpy as np

from symattn.errors import WeightsError, layout
from symattn.models.configs import Config, config_of
from symattn.models.notes import Note
from symattn.models.tensors import refuse_code

Array = Any
Readers = dict[str, Callable[[], Array]]

CONFIG = "__config__"  # the text in an .npz archive that says what the model is

LONGEST_HEADER = 100_000_000  # bytes; the limit of the format's own library

UNREADABLE = (
    OSError,
    ValueError,
    EOFError,
    KeyError,
    SyntaxError,
    MemoryError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    tokenize.TokenError,
    zipfile.BadZipFile,
    zlib.error,
)

# safetensors name -> (stored type, type that it is widened to)
TYPES = {
    "F64": ("<f8", np.float64),
    "F32": ("<f4", np.float32),
    "F16": ("<f2", np.float32),
    "BF16": ("<u2", np.float32),
    "I64": ("<i8", np.int64),
    "I32": ("<i4", np.int32),
    "I16": ("<i2", np.int16),
    "I8": ("i1", np.int8),
    "U8": ("u1", np.uint8),
    "BOOL": ("?", np.bool_),
}


@dataclass(frozen=True)
class Weights:
    """The tensors of a file by name.  Each is read, and refused if it is not finite, when it is asked for.

    path       where they are from
    readers    a function for each name, which reads the tensor
    config     what a configuration beside them says
    notes      what there is to know about the reading

    >>> import numpy as np
    >>> weights = sa.models.Weights("here", {"wq": lambda: np.eye(4, 2)})
    >>> list(weights), weights["wq"].shape
    (['wq'], (4, 2))
    >>> weights["wk"]
    Traceback (most recent call last):
        ...
    symattn.errors.WeightsError: here has no tensor wk
      Did you mean wq?

    Raises    WeightsError for a name that there is not, or an entry that is no number
    """

    path: str
    readers: Mapping[str, Callable[[], Array]]
    config: Config | None = None
    notes: tuple[Note, ...] = ()

    def __iter__(self) -> Iterator[str]:
        return iter(self.readers)

    def __len__(self) -> int:
        return len(self.readers)

    def __contains__(self, name: object) -> bool:
        return name in self.readers

    def __getitem__(self, name: str) -> Array:
        if name not in self.readers:
            plain = {known.lower(): known for known in self.readers}
            near = [plain[match] for match in get_close_matches(name.lower(), plain, n=3, cutoff=0.3)]
            note = f"Did you mean {', '.join(near)}?" if near else f"it has {', '.join(sorted(self.readers)[:5])}, …"
            raise WeightsError(layout(f"{self.path} has no tensor {name}", note=note))
        try:
            tensor = self.readers[name]()
        except UNREADABLE as reason:
            raise WeightsError(layout(f"cannot read {name} in {self.path}", note=_told(reason))) from None
        return finite(tensor, name)


def one_file(file: Path) -> Weights:
    """The tensors of one .npz or .safetensors file."""
    try:
        if file.suffix == ".npz":
            return Weights(str(file), _npz(file), _config_inside(file))
        return Weights(str(file), _safetensors(file))
    except UNREADABLE as reason:
        note = f"{_told(reason)}\naccepted: {_ACCEPTED[file.suffix]}"
        raise WeightsError(layout(f"cannot read {file}", note=note)) from None


_ACCEPTED = {
    ".npz": "a zip archive of .npy arrays of numbers, as numpy.savez writes it; never pickled objects",
    ".safetensors": "a u64 header length, a JSON header, then raw little-endian tensors",
}


def _told(reason: BaseException) -> str:
    return (str(reason) or type(reason).__name__).splitlines()[0]


def finite(tensor: Array, name: str) -> Array:
    """The tensor, when every entry is a number."""
    bad: Any = np.argwhere(~np.isfinite(tensor)) if tensor.dtype.kind in "fc" else ()
    if len(bad):
        place = tuple(int(i) for i in bad[0])
        note = f"{len(bad)} of {tensor.size} entries are not finite"
        raise WeightsError(layout(f"{name} has {tensor[place]} at {place}", note=note))
    return tensor


def _npz(file: Path) -> Readers:
    """The numeric arrays of an archive; text beside them, such as a configuration, is left out."""
    archive = zipfile.ZipFile(file)
    with archive:
        names = [name.removesuffix(".npy") for name in archive.namelist() if name.endswith(".npy")]
        kinds = {name: _kind(archive, f"{name}.npy") for name in names}
    if not names:
        raise ValueError("the archive holds no .npy array")
    _refuse_twice(names)
    pickled = [name for name, kind in kinds.items() if kind == "O"]
    if pickled:
        raise ValueError(f"{pickled[0]} is a pickled object, which could run any code")
    return {name: _npz_reader(file, f"{name}.npy") for name in names if kinds[name] in "fiub"}


def _refuse_twice(names: list[str]) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise ValueError(f"{twice[0]} is in it twice: which of the two is meant?")


def _config_inside(file: Path) -> Config | None:
    """The configuration in an archive, written as JSON in an array of text."""
    try:
        with zipfile.ZipFile(file) as archive, archive.open(f"{CONFIG}.npy") as stream:
            content = json.loads(str(np.lib.format.read_array(stream, allow_pickle=False)))
    except UNREADABLE:
        return None
    return config_of(content, f"{CONFIG} in {file.name}")


def _kind(archive: zipfile.ZipFile, member: str) -> str:
    with archive.open(member) as stream:
        version = np.lib.format.read_magic(stream)
        read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        _, _, dtype = read(stream)
        return str(dtype.kind)


def _npz_reader(file: Path, member: str) -> Callable[[], Array]:
    def read() -> Array:
        with zipfile.ZipFile(file) as archive, archive.open(member) as stream:
            tensor = np.lib.format.read_array(stream, allow_pickle=False)
        return tensor.astype(np.float32) if tensor.dtype == np.float16 else tensor

    return read


def _safetensors(file: Path) -> Readers:
    length = file.stat().st_size
    with file.open("rb") as stream:
        size = int.from_bytes(stream.read(8), "little")
        if length < 8 or size > min(length - 8, LONGEST_HEADER):
            raise ValueError(f"the header should be {size} bytes long, but the file has {length}")
        header = json.loads(stream.read(size), object_pairs_hook=_table)
    if not isinstance(header, dict):
        raise ValueError("the header is not a JSON object")
    start = 8 + size
    entries = {name: entry for name, entry in header.items() if name != "__metadata__"}
    return {name: _tensor_reader(file, start, length - start, name, entry) for name, entry in entries.items()}


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    _refuse_twice([name for name, _ in pairs])
    return dict(pairs)


def _tensor_reader(file: Path, start: int, room: int, name: str, entry: Any) -> Callable[[], Array]:
    """Check the header's entry now, map the data when it is asked for."""
    try:
        kind, shape, (begin, end) = entry["dtype"], tuple(entry["shape"]), entry["data_offsets"]
    except (KeyError, TypeError, ValueError):
        raise ValueError(f"{name} has no dtype, shape and data_offsets in the header") from None
    if not all(type(number) is int and number >= 0 for number in (*shape, begin, end)):
        raise ValueError(f"{name} has a shape or an offset that is not a whole number ≥ 0")
    if kind in TYPES and end - begin != prod(shape) * np.dtype(TYPES[kind][0]).itemsize:
        raise ValueError(f"{name} is {'×'.join(map(str, shape))} of {kind}, but has {end - begin} bytes")
    if end > room:
        raise ValueError(f"{name} ends at byte {end} of the data, of which there are {room}: the file is truncated")

    def read() -> Array:
        refuse_code(kind if kind not in TYPES else "", name)
        if kind not in TYPES:
            raise ValueError(f"its type is {kind}; readable: {', '.join(TYPES)}")
        stored, wide = TYPES[kind]
        if not prod(shape):
            return np.zeros(shape, wide)
        mapped = np.memmap(file, dtype=stored, mode="r", offset=start + begin, shape=shape)
        if kind == "BF16":  # the upper half of a float32
            return (mapped.astype(np.uint32) << 16).view(np.float32)
        return mapped if mapped.dtype == wide else mapped.astype(wide)

    return read
