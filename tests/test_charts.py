"""Charts: values beside their bars, one scale, never stacked, and the same as a table; hostile names stay text."""

from __future__ import annotations

import re
from decimal import Decimal

from app.web.charts import Point, Series, chart
from app.web.texts import texts_of

TEXTS = texts_of("tr")
HOSTILE = "<script>alert(1)</script>"


def points(*values: tuple[str, str | None]) -> list[Point]:
    return [
        Point(label, None if value is None else Decimal(value), "" if value is None else f"{value} ton")
        for label, value in values
    ]


def bars(html: str) -> list[tuple[float, float]]:
    found = re.findall(r'class="ks-bar[^"]*" style="margin-left:([\d.]+)%;width:([\d.]+)%"', html)
    return [(float(start), float(width)) for start, width in found]


def test_target_and_actual_of_a_year_stand_next_to_each_other_on_one_scale() -> None:
    html = chart(
        TEXTS,
        "Asfalt (ton)",
        [
            Series("Hedef", points(("2023", "50"), ("2024", "200")), planned=True),
            Series("Gerçekleşen", points(("2023", "100"))),
        ],
    )
    assert bars(html) == [(0, 25), (0, 50), (0, 100)]
    assert html.index("50 ton") < html.index("100 ton") < html.index("200 ton")
    assert html.count("ks-planned") == 2
    assert "<figcaption>Asfalt (ton)</figcaption>" in html


def test_a_table_says_what_the_bars_say_and_where_a_value_lacks() -> None:
    html = chart(
        TEXTS, "Asfalt", [Series("Hedef", points(("2024", "9"))), Series("Gerçekleşen", points(("2023", "7")))]
    )
    table = html[html.index("<table>") :]
    assert re.findall(r'scope="row">(\d+)', table) == ["2024", "2023"]
    assert re.findall(r"<td>([^<]+)</td>", table) == ["9 ton ", "değer yok", "değer yok", "7 ton "]


def test_values_below_nought_go_the_other_way() -> None:
    html = chart(TEXTS, "Sapma", [Series("Sapma", points(("2023", "-25"), ("2024", "75")))])
    assert bars(html) == [(0, 25), (25, 75)]


def test_noughts_have_no_bar_and_no_values_no_chart() -> None:
    html = chart(TEXTS, "Kaza", [Series("Kaza", points(("2024", "0")))])
    assert "0 ton" in html and bars(html) == []
    assert chart(TEXTS, "Kaza", [Series("Kaza", points(("2024", None)))]) == ""
    assert chart(TEXTS, "Kaza", []) == ""


def test_names_are_text_and_marks_are_links() -> None:
    mark = '<a href="#k">1</a>'
    html = chart(TEXTS, HOSTILE, [Series(HOSTILE, [Point(HOSTILE, Decimal(1), HOSTILE, mark)], planned=True)] * 2)
    assert "<script" not in html and html.count(mark) == 4
