"""Files and folders -> documents and rejects."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.errors import InputError
from pipeline.core.records import Document, Reject
from pipeline.reading import check_language, read_document, read_documents, split_lines, split_sentences

ENGLISH = "The bridge is closed. Nobody has said when it will be open again."
PAGE = """<html><head><title>A Town Waits</title></head><body><nav><a href="/">Home</a><a href="/w">World</a></nav>
<article><h1>A Town Waits</h1><p>The mill has been shut for a year, and the town has been waiting for news of it.</p>
<h2>No buyers</h2><p>Three firms came to see it. None of them has made an offer.</p>
</article><footer>Copyright</footer></body></html>"""


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_the_stored_text_is_what_was_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "  One\u00a0line. \r\n\r\n Two.\n")
    assert read_document(path) == Document("a", str(path), "  One\u00a0line. \n\n Two.\n")
    assert read_document(path, "other") == Document("other", str(path), "  One\u00a0line. \n\n Two.\n")


@pytest.mark.parametrize("content", ["", " \n\t\u00a0\r\n", "\ufeff", "\u200b\n"])
def test_a_document_without_words_is_empty(tmp_path: Path, content: str) -> None:
    path = write(tmp_path, "a.txt", content)
    assert read_document(path) == Reject(str(path), "empty")


def test_binary_content_and_other_formats_are_left_out_with_the_reason(tmp_path: Path) -> None:
    binary = read_document(write(tmp_path, "a.txt", b"a\0b"))
    other = read_document(write(tmp_path, "a.docx", b"words"))
    assert isinstance(binary, Reject)
    assert "NUL" in binary.reason
    assert isinstance(other, Reject)
    assert ".txt" in other.reason


def test_html_is_read_as_its_article(tmp_path: Path) -> None:
    document = read_document(write(tmp_path, "a.html", PAGE))
    assert isinstance(document, Document)
    lines = split_lines(document)
    assert [(line.kind, document.text[line.start : line.end][:12]) for line in lines] == [
        ("heading", "A Town Waits"),
        ("body", "The mill has"),
        ("heading", "No buyers"),
        ("body", "Three firms "),
    ]
    assert len(split_sentences(document, lines)) == 5


def test_folders_are_searched_in_order_without_readme_and_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "sub/a.md", "README.md", ".hidden.txt", ".git/c.txt", "notes.docx", "sub/README.md"):
        write(tmp_path, name, ENGLISH)
    documents, rejects = read_documents([tmp_path])
    assert [document.doc_id for document in documents] == ["a", "b"]
    assert rejects == []


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", ENGLISH)
    documents, _ = read_documents([path, tmp_path])
    assert [document.source for document in documents] == [str(path)]


def test_rejects_do_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "")
    write(tmp_path, "b.txt", ENGLISH)
    write(tmp_path, "c.txt", "Das Werk ist seit einem Jahr geschlossen, und niemand weiß, wann es wieder öffnen wird.")
    documents, rejects = read_documents([tmp_path])
    assert [document.doc_id for document in documents] == ["b"]
    assert [Path(reject.source).name for reject in rejects] == ["a.txt", "c.txt"]
    assert rejects[0].reason == "empty"
    assert "'de'" in rejects[1].reason


def test_two_documents_with_one_id_are_an_error(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", ENGLISH)
    write(tmp_path, "b/a.md", ENGLISH)
    with pytest.raises(InputError, match="has the id 'a' of"):
        read_documents([tmp_path])


def test_a_missing_path_and_an_empty_folder_are_errors_of_one_line(tmp_path: Path) -> None:
    for path, rule in ((tmp_path / "none.txt", "does not exist"), (tmp_path, "holds no documents")):
        with pytest.raises(InputError, match=rule) as caught:
            read_documents([path])
        assert "\n" not in str(caught.value)
    with pytest.raises(InputError, match="cannot be read"):
        read_document(tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le pont est fermé depuis un an, et personne ne sait quand il sera de nouveau ouvert au public.", "fr"),
        ("Мост закрыт уже год, и никто не знает, когда он снова откроется для движения.", "ru"),
        ("Most jest zamknięty od roku i nikt nie wie, kiedy zostanie ponownie otwarty dla ruchu.", "pl"),
    ],
)
def test_other_languages_are_named(text: str, language: str) -> None:
    reject = check_language(Document("a", "a.txt", text))
    assert reject is not None
    assert f"'{language}'" in reject.reason


@pytest.mark.parametrize(
    "text",
    [
        "Guten Morgen, meine Damen.",
        "12 345 678 – 90 %",
        "Petrosyan, Hakobyan and Grigoryan met Szymański, Wójcik and Dvořák in Łódź; so did Kękuš and Țuțea.",
        ENGLISH,
    ],
)
def test_short_texts_and_foreign_names_are_let_through(text: str) -> None:
    assert check_language(Document("a", "a.txt", text)) is None
