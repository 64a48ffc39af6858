"""What all tests share: the marker `shared`, and a small project of invented sentences with a trained model.

RHETORIC_SHARED names a folder with corpora/ and seeds/ that may not be redistributed; without it, what is marked
`shared` is deselected.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

os.environ["HF_HUB_OFFLINE"] = "1"  # before anything imports the hub's client, which reads it once
os.environ["LOKY_MAX_CPU_COUNT"] = "1"  # fits of a few sentences need no processes of their own

from tests.stages.project import Mini, build

settings.register_profile("without a clock", deadline=None)
settings.load_profile("without a clock")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "RHETORIC_SHARED" in os.environ:
        return
    idle = [item for item in items if item.get_closest_marker("shared")]
    items[:] = [item for item in items if item not in idle]
    config.hook.pytest_deselected(items=idle)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """The project with everything that the stages make; for reading only."""
    return build(tmp_path_factory.mktemp("project") / "mini")


@pytest.fixture
def mini(built: Mini, tmp_path: Path) -> Mini:
    """A copy of the project to spoil."""
    return built.copy_to(tmp_path / "mini")
