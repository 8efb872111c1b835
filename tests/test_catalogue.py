"""The catalogue: what it says, what the texts say where it is silent, and which places a text names."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.catalogue import Entry, load_catalogue
from indexer.documents import read_folder
from indexer.errors import CatalogueError
from indexer.gazetteer import find_places, load
from indexer.inference import UNKNOWN, infer_source
from indexer.reading.limits import MAX_BYTES
from indexer.records import Source

CORPORA = Path(__file__).parent.parent / "corpora"
READ_OFF = ("municipality", "province", "level", "kind", "year", "period", "title")
COLLECTION = [document.source for document in read_folder(CORPORA)]


def write(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        (folder / f"{name}.{'toml' if name == 'sources' else 'txt'}").write_text(content, "utf-8")
    return folder


REPORT = "T.C.\nRİZE BELEDİYE BAŞKANLIĞI\n2023 YILI FAALİYET RAPORU\nRize Belediyesi 2023 yılında çalıştı.\n"


def sources(folder: Path) -> list[Source]:
    return [document.source for document in read_folder(folder)]


def test_the_collection_is_whole() -> None:
    assert load_catalogue(CORPORA).failures == ()
    assert len(COLLECTION) == 5
    assert {source.inferred for source in COLLECTION} == {frozenset()}


@pytest.mark.parametrize("source", COLLECTION, ids=lambda source: source.id)
def test_a_text_alone_tells_what_its_entry_says(source: Source) -> None:
    text = (CORPORA / source.file).read_bytes().decode("utf-8")
    inferred = infer_source(text, Path("belge.txt"))
    assert [getattr(inferred, name) for name in READ_OFF] == [getattr(source, name) for name in READ_OFF]
    assert inferred.inferred == set(READ_OFF)


@pytest.mark.parametrize(
    ("file", "old", "new", "municipality", "province"),
    [
        ("kars-2024-faaliyet.txt", "Kars", "Edirne", "Edirne Belediyesi", "Edirne"),
        ("kars-2024-faaliyet.txt", "Kars", "Uşak", "Uşak Belediyesi", "Uşak"),
        ("izmir-2024-performans.txt", "İzmir", "Ordu", "Ordu Büyükşehir Belediyesi", "Ordu"),
        ("defne-2023-performans.txt", "Defne", "Arsuz", "Arsuz Belediyesi", "Hatay"),
    ],
)
def test_another_name_in_the_same_text_is_found_as_well(
    file: str, old: str, new: str, municipality: str, province: str
) -> None:
    upper = str.maketrans("iışçğöü", "İIŞÇĞÖÜ")
    text = (CORPORA / file).read_text("utf-8").replace(old, new)
    text = text.replace(old.translate(upper).upper(), new.translate(upper).upper())
    inferred = infer_source(text, Path("belge.txt"))
    assert (inferred.municipality, inferred.province) == (municipality, province)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "ÇANKAYA BELEDİYESİ\n2025-2029 STRATEJİK PLANI\nAnkara Büyükşehir Belediyesi ile. Çankaya için.",
            ("Çankaya Belediyesi", "Ankara", "district", "stratejik", 2025, (2025, 2029)),
        ),
        (REPORT, ("Rize Belediyesi", "Rize", "provincial centre", "faaliyet", 2023, None)),
        (
            "KONYA\nBÜYÜKŞEHİR\nBELEDİYESİ\n2022 MALİ YILI PERFORMANS PROGRAMI",
            ("Konya Büyükşehir Belediyesi", "Konya", "metropolitan", "performans", 2022, None),
        ),
        (
            "Edremit Belediyesi\n2021 Yılı Faaliyet Raporu\nVan Gölü kıyısında, Van ilinde bir ilçeyiz.",
            ("Edremit Belediyesi", "Van", "district", "faaliyet", 2021, None),
        ),
        (
            "Edremit Belediyesi 2021 Yılı Faaliyet Raporu",
            ("Edremit Belediyesi", None, "district", "faaliyet", 2021, None),
        ),
        (
            "T.C. GÖKÇEDERE BELEDİYE BAŞKANLIĞI\n2020 YILI FAALİYET RAPORU",
            ("Gökçedere Belediyesi", None, None, "faaliyet", 2020, None),
        ),
        ("Hiçbir şey söylemeyen bir metin.", (UNKNOWN, None, None, "other", None, None)),
        ("", (UNKNOWN, None, None, "other", None, None)),
    ],
)
def test_texts_of_other_municipalities(text: str, expected: tuple[object, ...]) -> None:
    inferred = infer_source(text, Path("belge.txt"))
    fields = (inferred.municipality, inferred.province, inferred.level, inferred.kind, inferred.year, inferred.period)
    assert fields == expected


def test_the_file_name_helps_where_the_text_is_silent() -> None:
    inferred = infer_source("Sayılar: 1, 2, 3.", Path("eskisehir-2022-faaliyet.txt"))
    assert (inferred.municipality, inferred.kind, inferred.year) == (
        "Eskişehir Büyükşehir Belediyesi",
        "faaliyet",
        2022,
    )
    assert inferred.id == "eskisehir-2022-faaliyet"


def test_without_a_catalogue_every_text_is_taken_in_name_order(tmp_path: Path) -> None:
    catalogue = load_catalogue(write(tmp_path, b=REPORT, a=REPORT, **{".gizli": REPORT}))
    assert [entry.id for entry in catalogue.entries] == ["a", "b"]
    assert catalogue.entries[0].sha256 == hashlib.sha256(REPORT.encode()).hexdigest()
    assert catalogue.failures == ()


def test_an_empty_folder_is_an_empty_catalogue(tmp_path: Path) -> None:
    assert load_catalogue(tmp_path).entries == ()


def test_an_entry_overrides_the_text_and_the_rest_is_inferred(tmp_path: Path) -> None:
    write(tmp_path, a=REPORT, sources='[[source]]\nfile = "a.txt"\nid = "rapor"\nyear = 2019\n')
    (source,) = sources(tmp_path)
    assert (source.id, source.year, source.kind, source.municipality) == ("rapor", 2019, "faaliyet", "Rize Belediyesi")
    assert source.title == "Rize Belediyesi 2019 Yılı Faaliyet Raporu"
    assert source.inferred == set(READ_OFF) - {"year"}


def test_place_follows_a_given_municipality(tmp_path: Path) -> None:
    write(tmp_path, a=REPORT, sources='[[source]]\nfile = "a.txt"\nmunicipality = "Bursa Büyükşehir Belediyesi"\n')
    (source,) = sources(tmp_path)
    assert (source.province, source.level) == ("Bursa", "metropolitan")


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ('file = "a.txt"\nyer = "Rize"', "yer"),
        ('file = "yok.txt"', "böyle bir dosya yok"),
        (f'file = "a.txt"\nsha256 = "{"0" * 64}"', "farklı"),
        ('file = "b.txt"\nid = "iyi"', "iyi"),
        ('file = "c.txt"', "iki kez"),
        ('file = "../a.txt"', "içinde"),
        ('file = "a.txt"\nyear = "2024"', "year"),
        ('file = "a.txt"\nyear = true', "year"),
        ('file = "a.txt"\nperiod = [2024, 2020]', "period"),
        ('file = "a.txt"\nkind = "rapor"', "kind"),
        ('file = "a.txt"\ntitle = ""', "title"),
        ("year = 2024", "file"),
    ],
)
def test_a_wrong_entry_is_reported_and_stops_no_other(tmp_path: Path, entry: str, reason: str) -> None:
    good = '[[source]]\nfile = "c.txt"\nid = "iyi"\n'
    write(tmp_path, a=REPORT, b=REPORT, c=REPORT, sources=f"{good}[[source]]\n{entry}\n")
    catalogue = load_catalogue(tmp_path)
    assert "iyi" in [entry.id for entry in catalogue.entries]
    ((name, message),) = catalogue.failures
    assert reason in message
    assert name
    failed = {"a.txt", "b.txt"} & {name}
    assert not failed & {entry.file for entry in catalogue.entries}, "a document whose entry is wrong is left out"


def test_an_id_taken_by_the_catalogue_is_not_given_twice(tmp_path: Path) -> None:
    write(tmp_path, a=REPORT, b=REPORT, sources='[[source]]\nfile = "b.txt"\nid = "a"\n')
    catalogue = load_catalogue(tmp_path)
    assert [entry.file for entry in catalogue.entries] == ["b.txt"]
    assert [name for name, _ in catalogue.failures] == ["a.txt"]


def test_every_kind_of_file_that_can_be_read_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.catalogue.SUFFIXES", frozenset({".txt", ".xyz"}))
    for name in ("a.txt", "B.XYZ", "c.xyz", ".gizli.txt", "~$b.xyz", "README.txt", "oku.zip"):
        (tmp_path / name).write_text(REPORT, encoding="utf-8")
    (tmp_path / "klasor").mkdir()
    catalogue = load_catalogue(tmp_path)
    assert [entry.file for entry in catalogue.entries] == ["B.XYZ", "a.txt", "c.xyz"]
    ((name, reason),) = catalogue.failures
    assert name == "oku.zip" and ".txt, .xyz" in reason


def test_no_link_is_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "disari", tmp_path / "belgeler"
    outside.mkdir()
    folder.mkdir()
    write(outside, gizli=REPORT)
    write(folder, a=REPORT, sources='[[source]]\nfile = "kapi/gizli.txt"\n[[source]]\nfile = "bag.txt"\n')
    (folder / "kapi").symlink_to(outside)
    (folder / "bag.txt").symlink_to(folder / "a.txt")
    (folder / "obur.txt").symlink_to(outside / "gizli.txt")
    catalogue = load_catalogue(folder)
    assert [entry.file for entry in catalogue.entries] == ["a.txt"]
    assert [file for file, _ in catalogue.failures] == ["kapi/gizli.txt", "bag.txt", "kapi", "obur.txt"]
    assert all("bağlantı" in reason for _, reason in catalogue.failures)
    (tmp_path / "kisayol").symlink_to(folder)
    assert load_catalogue(tmp_path / "kisayol").entries == catalogue.entries, "the folder itself is what the user names"


def test_a_catalogue_that_is_a_link_is_refused(tmp_path: Path) -> None:
    write(tmp_path, sources="").joinpath("sources.toml").rename(tmp_path / "gercek.toml")
    (tmp_path / "sources.toml").symlink_to(tmp_path / "gercek.toml")
    with pytest.raises(CatalogueError, match="bağlantı"):
        load_catalogue(tmp_path)


def test_what_is_no_plain_file_is_reported(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "boru.txt")
    (tmp_path / "klasor.txt").mkdir()
    with (tmp_path / "dev.txt").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    reasons = dict(load_catalogue(tmp_path).failures)
    assert reasons.keys() == {"boru.txt", "klasor.txt", "dev.txt"}
    assert "sıradan" in reasons["boru.txt"] and "klasör" in reasons["klasor.txt"] and "64 MiB" in reasons["dev.txt"]


def test_a_name_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "sat\nır.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / os.fsdecode(b"\xff.txt")).write_text(REPORT, encoding="utf-8")
    catalogue = load_catalogue(tmp_path)
    assert catalogue.entries == () and all("adında" in reason for _, reason in catalogue.failures)


def test_an_entry_holds_what_is_given_and_no_more(tmp_path: Path) -> None:
    write(tmp_path, a=REPORT, sources='[[source]]\nfile = "a.txt"\nperiod = [2020, 2024]\nyear = 2021\n')
    digest = hashlib.sha256(REPORT.encode()).hexdigest()
    assert load_catalogue(tmp_path).entries == (Entry("a", "a.txt", digest, {"period": [2020, 2024], "year": 2021}),)
    (source,) = sources(tmp_path)
    assert (source.period, source.year, source.kind) == ((2020, 2024), 2021, "faaliyet")


@pytest.mark.parametrize("content", ["[[source]\n", 'baslik = "x"\n', "source = 3\n"])
def test_a_catalogue_that_is_no_catalogue_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(CatalogueError, match=r"sources\.toml"):
        load_catalogue(write(tmp_path, sources=content))


def test_the_gazetteer_is_complete() -> None:
    places = load().places
    provinces = [place for place in places if place.kind == "province"]
    assert len(provinces) == 81
    assert len(places) - 81 == 922
    assert sum(place.metropolitan for place in provinces) == 30
    assert len({(place.name, place.province) for place in places}) == len(places)
    known = {place.name for place in places}
    assert all(name.places for group in load().names.values() for name in group)
    assert {"Kayseri", "Defne", "Ondokuzmayıs"} <= known


def found(text: str, *, certain: bool = True) -> list[tuple[str, str]]:
    return [(text[match.start : match.stop], match.name) for match in find_places(text) if match.certain is certain]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("İzmir'de KARSTA kayserinin", [("İzmir'de", "İzmir"), ("KARSTA", "Kars"), ("kayserinin", "Kayseri")]),
        ("cigli ve Izmirin", [("cigli", "Çiğli"), ("Izmirin", "İzmir")]),
        ("Kuşadası’nda, Zonguldak'a", [("Kuşadası’nda", "Kuşadası"), ("Zonguldak'a", "Zonguldak")]),
        ("karşı karşıya, bursiyer, izmirimiz, Karslı", [("Karslı", "Kars")]),
        ("Van'da ve Van Belediyesi'nde", [("Van'da", "Van"), ("Van", "Van")]),
        ("vana, genç belediye başkanı, çay, orta, kilise, 19 Mayıs bayramı", []),
        ("Afyon, Marmara Ereğlisi", [("Afyon", "Afyonkarahisar"), ("Marmara Ereğlisi", "Marmaraereğlisi")]),
        ("Kocaeli merkez, Ankara2024", [("Kocaeli", "Kocaeli")]),
    ],
)
def test_places_in_every_dress(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_everyday_words_are_places_only_with_evidence() -> None:
    assert found("Defne asfalt hedefi, çay", certain=False) == [("Defne", "Defne"), ("çay", "Çay")]
    assert found("defne belediyesi, Çay ilçesi") == [("defne", "Defne"), ("Çay", "Çay")]


def test_a_shared_name_gives_every_place() -> None:
    (match,) = find_places("Edremit")
    assert {place.province for place in match.places} == {"Balıkesir", "Van"}


@given(st.text(max_size=60))
def test_matches_are_ordered_and_lie_in_the_text(text: str) -> None:
    stop = 0
    for match in find_places(text):
        assert stop <= match.start < match.end <= match.stop <= len(text)
        stop = match.stop
