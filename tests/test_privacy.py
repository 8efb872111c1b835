"""Personal data: what is found and masked, what stays, and that no file of an index keeps what was masked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app import cli
from indexer.build import build_index
from indexer.documents import Options, read_folder
from indexer.encoder import Encoder
from indexer.errors import InputError
from indexer.index import Index
from indexer.privacy import MASK, describe, find_personal_data, mask
from indexer.privacy.identity import is_iban, is_identity_number
from indexer.storing.generations import generation_folders, rollback
from indexer.storing.masking import masks_personal_data
from indexer.storing.removal import remove_document

MASKING = Options(mask_personal_data=True)


def identity_number(first: int) -> str:
    """The T.C. identity number with these first nine digits."""
    digits = [int(digit) for digit in str(first)]
    digits.append((7 * sum(digits[0::2]) - sum(digits[1::2])) % 10)
    digits.append(sum(digits) % 10)
    return "".join(map(str, digits))


def iban(country: str, account: str) -> str:
    """The IBAN of an account."""
    number = "".join(str(int(character, 36)) for character in f"{account}{country}00")
    return f"{country}{98 - int(number) % 97:02d}{account}"


def in_fours(characters: str) -> str:
    return " ".join(characters[start : start + 4] for start in range(0, len(characters), 4))


def masked(text: str) -> str:
    return mask(text, find_personal_data(text))


nine_digits = st.integers(100_000_000, 999_999_999)
pieces = [
    "Ahmet", "Yılmaz", "başvurdu;", "kadın", "kursu,", "mahallesi", "(Merkez)", "–", "“park”", "yapıldı.", "İĞDIR'da",
    "ağaç:", "\u00a0", "\t", "\n", "\n\n",
]  # fmt: skip
surroundings = st.lists(st.sampled_from(pieces), max_size=12).map(" ".join)
accounts = st.one_of(
    st.from_regex(r"[0-9]{5}0[0-9]{16}", fullmatch=True).filter(lambda a: a[:5] != "00001").map(lambda a: ("TR", a)),
    st.from_regex(r"[0-9]{18}", fullmatch=True).map(lambda a: ("DE", a)),
    st.from_regex(r"[A-Z]{4}[0-9]{14}", fullmatch=True).map(lambda a: ("GB", a)),
)


@given(nine_digits, surroundings, surroundings)
def test_every_identity_number_is_found_in_any_text(first: int, before: str, after: str) -> None:
    number = identity_number(first)
    assert is_identity_number(number)
    assert masked(f"{before} {number} {after}") == f"{before} {MASK * 11} {after}"
    assert masked(f"{before}({number}){after}") == f"{before}({MASK * 11}){after}"


@given(
    nine_digits, st.sampled_from([" ", "\u00a0", ".", "-"]), st.sampled_from([(3, 6, 9), (2, 5, 8), (1, 4, 8), (5,)])
)
def test_every_announced_identity_number_is_found_in_parts(first: int, separator: str, cuts: tuple[int, ...]) -> None:
    number = identity_number(first)
    parts = separator.join(number[start:end] for start, end in zip((0, *cuts), (*cuts, 11), strict=True))
    for text in ("T.C. Kimlik No: {}", "TCKN {} olan", "kimlik numarası {}", "Adı\tT.C. Kimlik No\nAyşe Can\t{}"):
        assert masked(text.format(parts)) == text.format(MASK * len(parts))


@given(nine_digits, st.integers(9, 10), st.integers(1, 9), surroundings)
def test_a_number_with_a_wrong_check_digit_stays(first: int, place: int, more: int, around: str) -> None:
    number = identity_number(first)
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    assert not is_identity_number(wrong)
    text = f"{around} T.C. Kimlik No: {wrong} {around}"
    assert masked(text) == text


@given(accounts, surroundings, surroundings)
def test_every_iban_is_found_in_any_text(account: tuple[str, str], before: str, after: str) -> None:
    number = iban(*account)
    assert is_iban(number)
    for form in (number, in_fours(number), in_fours(number).replace(" ", "\u00a0")):
        assert masked(f"{before} {form}, {after}") == f"{before} {MASK * len(form)}, {after}"


@given(accounts, st.integers(1, 96), surroundings)
def test_an_iban_with_wrong_check_digits_stays(account: tuple[str, str], more: int, around: str) -> None:
    number = iban(*account)
    wrong = f"{number[:2]}{(int(number[2:4]) + more) % 100:02d}{number[4:]}"
    assume(not is_iban(wrong))
    for form in (wrong, in_fours(wrong)):
        assert masked(f"{around} {form}, {around}") == f"{around} {form}, {around}"


@given(st.text())
def test_masking_keeps_every_offset_and_line(text: str) -> None:
    result = masked(text)
    assert len(result) == len(text)
    assert all(after in (before, MASK) for before, after in zip(text, result, strict=True))
    assert [result.count(mark) for mark in "\n\t"] == [text.count(mark) for mark in "\n\t"]
    assert masked(result) == result


@pytest.mark.parametrize(
    "text",
    [
        "Ahmet Yılmaz ‹0532 123 45 67›",
        "Tel: ‹532 123 45 67›, mesai saatlerinde",
        "Ayşe Can ‹0 532 123 45 67›",
        "Ayşe Can ‹+90 (532) 123-45-67› aradı",
        "‹05321234567› ve ‹0.532.123.45.67›",
        "Muhtar Ali Can (‹0535 111 2233›)",
        "Belediye Başkan Yardımcısı Ali Can ‹0535 111 22 33›",
        "Ahmet Yılmaz ‹0352 222 89 60›",
        "Fen İşleri Müdürlüğünden emekli Ali Can'ın ev telefonu: ‹0352 222 11 22›",
        "Adı Soyadı\tBirimi\tCep Tel\nAli Can\tFen İşleri Müdürlüğü\t‹5321234567›\nAyşe Can\tZabıta\t‹5327654321›",
        "Ad Soyad\tTelefon\nAli Can\t‹0474 223 44 70›",
        "ahmet yazdı: ‹ahmet.yilmaz@gmail.com›, ‹ayşe_can@firma.com.tr›",
        "‹ali.can@ogr.iu.edu.tr› ve ‹ali [at] hotmail.com›",
        "Ali Can Ziraat Bankası ‹TR33 0006 1005 1978 6457 8413 26›",
    ],
)
def test_contacts_of_persons_are_masked(text: str) -> None:
    bare = text.replace("‹", "").replace("›", "")
    expected = "".join(
        piece if number % 2 == 0 else MASK * len(piece)
        for number, piece in enumerate(text.replace("›", "‹").split("‹"))
    )
    assert masked(bare) == expected


@pytest.mark.parametrize(
    "text",
    [
        "*Kadın Destek Hattı (0474 223 44 79) ile mesai saatleri içinde",
        "No: 15 Kocasinan / KAYSERİ\nSantral: 0 (352) 222 89 60",
        "Kars Belediyesi\nAtatürk Caddesi No: 5\nTel: 0474 223 44 79 Faks: 0474 223 44 80",
        "Çağrı merkezi: 444 40 35, 153 ve 0850 222 10 10",
        "Zabıta Müdürlüğü WhatsApp hattı: 0532 123 45 67",
        "0532 123 45 67 numaralı Kadın Danışma Hattı",
        "Mahalle Muhtarlığı\t0532 123 45 67",
        "Zabıta Amirliği 0352 222 11 11 - 0532 111 22 33",
        "Birim\tTelefon\nFen İşleri Müdürlüğü\t0474 223 44 70",
        "bilgi@kars.bel.tr, ahmet.yilmaz@izmir.bel.tr, info@firma.com, karsbelediyesi@hotmail.com, @izbbkultursanat",
        "Belediyemizin bağış hesabı: Defne Belediyesi IBAN TR33 0006 1005 1978 6457 8413 26",
    ],
)
def test_contacts_of_offices_stay(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Toplam gider 10.000.000.146 TL",
        "Toplam gider 10000000146 TL, ₺10000000146",
        "Gelir\t10.000.000.146\t9.000.000.000",
        "Gelir\t10000000146\nGider\t98000000000\nBorç\t75000000001",
        "10000000146,50 ve 3,10000000146",
        "Bordür (m) 100 000 001 46",
        "Bordür Adet 0 532 123 45 67 80",
        "Bordür 532 123 45 67",
        "Harcama 5321234567 TL; kod 46.15.31.12-01.1.1.00-5-03.2; 2023/1234567",
        "İhale Kayıt No: 10000000146",
        "Sayaç\tAdet\n0\t532\t123\t45\t67",
    ],
)
def test_figures_and_codes_stay(text: str) -> None:
    assert masked(text) == text


def test_a_list_of_persons_is_masked_and_its_amounts_stay() -> None:
    rows = [f"{n}\tKişi\t{identity_number(123456789 + 7 * n)}\t{n}.500,00\t0532 123 4{n} 67" for n in range(1, 6)]
    lines = masked("\n".join(["S.No\tAd Soyad\tT.C.\tYardım\tTelefon", *rows])).split("\n")
    assert lines[1:] == [f"{n}\tKişi\t{MASK * 11}\t{n}.500,00\t{MASK * 14}" for n in range(1, 6)]


def test_nothing_in_the_real_reports_is_taken_for_personal_data(corpora: Path) -> None:
    """They hold two telephone numbers, both of offices, and no one's data."""
    for path in sorted(corpora.glob("*.txt")):
        text = path.read_text("utf-8")
        assert [text[d.span.start : d.span.end] for d in find_personal_data(text)] == []


def test_what_was_found_is_told() -> None:
    found = find_personal_data("Ali Can 0532 123 45 67, ali@gmail.com, 0535 123 45 67")
    assert describe(found) == "2 telefon numarası, 1 e-posta adresi"


SECRETS = ("10000000146", "0532 123 45 67", "ali.can@gmail.com")
TEXT = (
    "KARS BELEDİYESİ\n\n2024 YILI FAALİYET RAPORU\n\nBelediyemiz 2024 yılında {} park yaptı.\n\nAli Can {}, {}, {}.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "belgeler"
    folder.mkdir()
    (folder / "kars.txt").write_text(TEXT.format(12, *SECRETS), encoding="utf-8")
    (folder / "rize.txt").write_text("RİZE BELEDİYESİ\n\n2024 yılında 7 park yapıldı.\n", encoding="utf-8")
    return folder


def holding(index: Path) -> list[Path]:
    """The files below a folder that hold any of the secrets, or the words of one that the index of words keeps."""
    secret = re.compile(rb"10000000146|123 45 67|ali\.can|gmail")
    return [path for path in index.rglob("*") if path.is_file() and secret.search(path.read_bytes())]


def test_no_file_of_a_masked_index_holds_what_was_masked(folder: Path, tmp_path: Path, words: Encoder) -> None:
    index = tmp_path / "dizin"
    build_index(folder, index, words)
    assert holding(index) and not masks_personal_data(index)
    report = build_index(folder, index, words, options=MASKING)
    assert report.changed and masks_personal_data(index)
    assert holding(index) == [], "in no generation and no part"
    assert len(generation_folders(index)) == 1
    with pytest.raises(InputError, match="önceki"):
        rollback(index)
    assert [note for _, note in report.notes] == [
        "kişisel veriler gizlendi: 1 T.C. kimlik numarası, 1 telefon numarası, 1 e-posta adresi."
    ]
    opened = Index.open(index, words)
    plain = TEXT.format(12, *SECRETS)
    text = opened.documents["kars"].text
    assert len(text) == len(plain) and text == TEXT.format(12, *(MASK * len(secret) for secret in SECRETS))
    assert all(p.text == text[p.span.start : p.span.end] for p in opened.passages if p.document == "kars")
    assert not build_index(folder, index, words, options=MASKING).changed


def test_a_file_that_shows_what_was_masked_is_not_kept(folder: Path, tmp_path: Path, words: Encoder) -> None:
    for path in folder.glob("*.txt"):
        path.with_suffix(".html").write_text(f"<html><body><pre>{path.read_text('utf-8')}</pre></body></html>", "utf-8")
        path.unlink()
    build_index(folder, tmp_path / "a", words)
    assert all(Index.open(tmp_path / "a", words).original(name) for name in ("kars", "rize"))
    build_index(folder, tmp_path / "b", words, options=MASKING)
    opened = Index.open(tmp_path / "b", words)
    assert opened.original("kars") is None and opened.original("rize") is not None, "nothing is masked in the other"
    assert holding(tmp_path / "b") == []


def test_a_removed_document_leaves_nothing_masked_or_not(folder: Path, tmp_path: Path, words: Encoder) -> None:
    index = tmp_path / "dizin"
    build_index(folder, index, words)
    remove_document(index, "kars")
    assert holding(index) == [] and not masks_personal_data(index)
    build_index(folder, index, words, options=MASKING)
    remove_document(index, "kars")
    assert masks_personal_data(index), "what is left is as it was"


def test_an_index_stays_as_it_is_unless_told(  # type: ignore[no-untyped-def]
    run, folder: Path, tmp_path: Path, words: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "open_encoder", lambda: words)
    index = tmp_path / "dizin"
    arguments = ("index", "--corpora", folder, "--index", index)
    for options, masks in [
        ((), False),
        (("--mask-personal-data",), True),
        ((), True),
        (("--no-mask-personal-data",), False),
    ]:
        status, out, _ = run(*arguments, *options)
        assert status == 0 and masks_personal_data(index) == masks
        assert ("kars.txt: kişisel veriler gizlendi: 1 T.C. kimlik" in out) == masks


def test_what_the_catalogue_infers_comes_from_the_masked_text(folder: Path) -> None:
    (document, _) = read_folder(folder, MASKING)
    assert document.source.municipality == "Kars Belediyesi" and document.source.year == 2024
    assert MASK in document.text


def test_a_damaged_masked_index_is_known_to_be_masked(folder: Path, tmp_path: Path, words: Encoder) -> None:
    index = tmp_path / "dizin"
    assert not masks_personal_data(index)
    build_index(folder, index, words, options=MASKING)
    (index / "CURRENT").write_text("000099\n", encoding="ascii")
    assert masks_personal_data(index)
    (current := next(iter(generation_folders(index)))).joinpath("manifest.json").write_text("{", encoding="utf-8")
    assert current.exists() and masks_personal_data(index), "its parts tell"
