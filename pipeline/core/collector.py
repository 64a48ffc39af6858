"""Python's collector of reference cycles, put off while very many small objects are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_off() -> Iterator[None]:
    """No search for reference cycles inside the block.

    The collector looks through all objects each time some ten thousand more have been made. Results are made by the
    hundred thousand and hold no cycles, so it would look again and again and find nothing.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
