"""Nothing is half written, and every fault names file and line."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.core.errors import InputError, PipelineError
from pipeline.core.files import (
    read_json,
    read_jsonl,
    read_text,
    read_yaml,
    replacing,
    write_csv,
    write_json,
    write_jsonl,
    write_text,
)


def disk_full(*args: object, **named: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def half_write(path: Path, fault: BaseException) -> None:
    with replacing(path) as temporary:
        temporary.write_text("half")
        raise fault


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "out.json"
    path.write_text("old")
    return path


def assert_untouched(path: Path) -> None:
    assert path.read_text() == "old"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_block_that_ends_badly_leaves_the_old_file(old: Path, fault: type[BaseException]) -> None:
    with pytest.raises(fault):
        half_write(old, fault("half"))
    assert_untouched(old)


def test_a_block_that_ends_badly_leaves_no_new_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="half"):
        half_write(tmp_path / "new.json", ValueError("half"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("method", ["write_bytes", "replace", "chmod"])
def test_a_full_disk_leaves_the_old_file_and_is_told_in_one_line(
    old: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    monkeypatch.setattr(Path, method, disk_full)
    with pytest.raises(PipelineError) as caught:
        write_text(old, "new")
    assert str(caught.value) == f"{old}: cannot be written: No space left on device"
    assert_untouched(old)


def test_a_disk_that_fills_between_two_rows_leaves_the_old_file(old: Path) -> None:
    def rows() -> object:
        yield {"row": 1}
        disk_full()

    with pytest.raises(PipelineError, match="No space left on device"):
        write_jsonl(old, rows())  # type: ignore[arg-type]
    assert_untouched(old)


def test_the_new_file_takes_the_place_of_the_old_one(old: Path) -> None:
    write_text(old, "new\n")
    assert old.read_bytes() == b"new\n"
    assert old.stat().st_mode & 0o777 == 0o644
    assert list(old.parent.iterdir()) == [old]


def test_missing_folders_are_made(tmp_path: Path) -> None:
    write_text(tmp_path / "a" / "b" / "c.txt", "é")
    assert (tmp_path / "a" / "b" / "c.txt").read_bytes() == "é".encode()


def test_a_file_in_the_place_of_a_folder_is_told(old: Path) -> None:
    with pytest.raises(PipelineError, match="cannot be written") as caught:
        write_text(old / "deeper" / "a.txt", "new")
    assert "\n" not in str(caught.value)
    assert_untouched(old)


def test_json_is_sorted_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_json(path, {"b": [1.5, None], "a": {"d": "ü", "c": True}})
    assert path.read_text("utf-8") == (
        '{\n  "a": {\n    "c": true,\n    "d": "ü"\n  },\n  "b": [\n    1.5,\n    null\n  ]\n}\n'
    )
    assert read_json(path) == {"a": {"c": True, "d": "ü"}, "b": [1.5, None]}


def test_jsonl_keeps_the_order_of_keys_and_comes_back_with_line_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write_jsonl(path, [{"b": "one\u2028line", "a": 1}, {"c": None}])
    assert path.read_text("utf-8").startswith('{"b": "one\u2028line", "a": 1}\n')
    assert list(read_jsonl(path)) == [(1, {"b": "one\u2028line", "a": 1}), (2, {"c": None})]


def test_blank_lines_count_but_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('\n{"a": 1}\n  \n{"a": 2}\r\n')
    assert list(read_jsonl(path)) == [(2, {"a": 1}), (4, {"a": 2})]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"a": 1', "is not JSON: Expecting ',' delimiter"),
        ("[1, 2]", r"is not a JSON object: \[1, 2\]"),
        ('"words"', 'is not a JSON object: "words"'),
        ("null", "is not a JSON object: null"),
    ],
)
def test_a_bad_line_is_told_with_its_number(tmp_path: Path, line: str, problem: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"a": 1}}\n{line}\n')
    with pytest.raises(InputError, match=f"^{re.escape(str(path))}:2: {problem}"):
        list(read_jsonl(path))


@pytest.mark.parametrize("read", [read_text, read_json, read_yaml, lambda path: list(read_jsonl(path))])
def test_what_cannot_be_read_is_told_in_one_line(tmp_path: Path, read: Callable[[Path], object]) -> None:
    latin = tmp_path / "latin.txt"
    latin.write_bytes(b"caf\xe9 noir")
    for path, problem in (
        (latin, "is not UTF-8 (byte 3)"),
        (tmp_path / "none.txt", "cannot be read: No such file or directory"),
        (tmp_path, "cannot be read: Is a directory"),
    ):
        with pytest.raises(InputError) as caught:
            read(path)
        assert str(caught.value) == f"{path}: {problem}"


def test_json_that_is_not_json_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{\n"a": 1,\n"b": oops\n}')
    with pytest.raises(InputError, match=f"^{re.escape(str(path))}:3: is not JSON"):
        read_json(path)


@pytest.mark.parametrize(
    ("content", "place"),
    [("a: 1\nb: [1, 2\n", ":3"), ("a: b: c\n", ":1"), ("a: \x00\n", ""), ("a: 2024-13-45\n", ""), ("a: *b\n", ":1")],
)
def test_yaml_that_is_not_yaml_is_told_in_one_line(tmp_path: Path, content: str, place: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(content)
    with pytest.raises(InputError) as caught:
        read_yaml(path)
    assert str(caught.value).startswith(f"{path}{place}: is not YAML: ")
    assert "\n" not in str(caught.value)


def test_csv_has_its_header_even_without_rows(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", ["a", "b"], [])
    write_csv(tmp_path / "b.csv", ["a", "b"], [{"b": 'two "2"', "a": 1}])
    assert (tmp_path / "a.csv").read_bytes() == b"a,b\n"
    assert (tmp_path / "b.csv").read_bytes() == b'a,b\n1,"two ""2"""\n'
