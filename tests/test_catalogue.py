"""The catalogue: what it says, what the texts say where it is silent, and which places a text names."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.catalogue import UNKNOWN, infer_source, load_catalogue
from indexer.errors import CatalogueError
from indexer.gazetteer import find_places, load
from indexer.records import Source

CORPORA = Path(__file__).parent.parent / "corpora"
READ_OFF = ("municipality", "province", "level", "kind", "year", "period", "title")
COLLECTION = load_catalogue(CORPORA)


def write(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        (folder / f"{name}.{'toml' if name == 'sources' else 'txt'}").write_text(content, "utf-8")
    return folder


REPORT = "T.C.\nRİZE BELEDİYE BAŞKANLIĞI\n2023 YILI FAALİYET RAPORU\nRize Belediyesi 2023 yılında çalıştı.\n"


def test_the_collection_is_whole() -> None:
    assert COLLECTION.failures == ()
    assert len(COLLECTION.sources) == 5
    assert {source.inferred for source in COLLECTION.sources} == {frozenset()}


@pytest.mark.parametrize("source", COLLECTION.sources, ids=lambda source: source.id)
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
    assert [source.id for source in catalogue.sources] == ["a", "b"]
    assert catalogue.sources[0].sha256 == hashlib.sha256(REPORT.encode()).hexdigest()
    assert catalogue.failures == ()


def test_an_empty_folder_is_an_empty_catalogue(tmp_path: Path) -> None:
    assert load_catalogue(tmp_path).sources == ()


def test_an_entry_overrides_the_text_and_the_rest_is_inferred(tmp_path: Path) -> None:
    write(tmp_path, a=REPORT, sources='[[source]]\nfile = "a.txt"\nid = "rapor"\nyear = 2019\n')
    (source,) = load_catalogue(tmp_path).sources
    assert (source.id, source.year, source.kind, source.municipality) == ("rapor", 2019, "faaliyet", "Rize Belediyesi")
    assert source.title == "Rize Belediyesi 2019 Yılı Faaliyet Raporu"
    assert source.inferred == set(READ_OFF) - {"year"}


def test_place_follows_a_given_municipality(tmp_path: Path) -> None:
    write(tmp_path, a=REPORT, sources='[[source]]\nfile = "a.txt"\nmunicipality = "Bursa Büyükşehir Belediyesi"\n')
    (source,) = load_catalogue(tmp_path).sources
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
    assert "iyi" in [source.id for source in catalogue.sources]
    ((name, message),) = catalogue.failures
    assert reason in message
    assert name
    failed = {"a.txt", "b.txt"} & {name}
    assert not failed & {source.file for source in catalogue.sources}, "a document whose entry is wrong is left out"


def test_an_id_taken_by_the_catalogue_is_not_given_twice(tmp_path: Path) -> None:
    write(tmp_path, a=REPORT, b=REPORT, sources='[[source]]\nfile = "b.txt"\nid = "a"\n')
    catalogue = load_catalogue(tmp_path)
    assert [source.file for source in catalogue.sources] == ["b.txt"]
    assert [name for name, _ in catalogue.failures] == ["a.txt"]


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
