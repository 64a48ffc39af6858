"""What goes wrong is told in one line, by whichever process it went wrong in."""

from __future__ import annotations

import pickle

import pytest

from pipeline.core.errors import CheckFailed, InputError, ModelError, PipelineError


@pytest.mark.parametrize(
    "error",
    [InputError("a.jsonl", "is empty", place=3), ModelError("a: changed"), CheckFailed("b: 2"), PipelineError("c")],
)
def test_an_error_crosses_from_process_to_process(error: PipelineError) -> None:
    told = pickle.loads(pickle.dumps(error))
    assert (type(told), str(told), told.exit_code) == (type(error), str(error), error.exit_code)
