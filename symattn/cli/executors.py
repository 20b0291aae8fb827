"""Who checks the theorems: this process, several of them, or the workers of a dask cluster."""

from __future__ import annotations

import gc
import importlib.util
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from symattn.cli.memory import SELDOM
from symattn.errors import MissingExtra, layout

EXECUTORS = ("serial", "processes", "dask")


@contextmanager
def opened(name: str) -> Iterator[Executor | None]:
    """The executor of this name; None stands for this process, one theorem after the other.

    Raises    MissingExtra when dask.distributed is asked for and not installed
    """
    if name == "processes":
        # a fresh interpreter each: a fork would copy the threads of NumPy's BLAS in whatever state they are
        with ProcessPoolExecutor(None, get_context("spawn"), gc.set_threshold, SELDOM) as executor:
            yield executor
    elif name == "dask":
        with _dask() as executor:
            yield executor
    else:
        yield None


@contextmanager
def _dask() -> Iterator[Executor]:
    if importlib.util.find_spec("distributed") is None:
        raise MissingExtra(layout("dask.distributed is not installed", note="pip install 'symattn[dask]'"))
    from distributed import Client, LocalCluster

    # one thread a process, since a proof is Python from start to end
    cluster = LocalCluster(threads_per_worker=1, dashboard_address=None)
    with cluster, Client(cluster) as client:
        yield client.get_executor()
