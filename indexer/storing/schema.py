"""The schema of a generation's SQLite file. It is public: anyone may query it with SQL (``sqlite3``, DuckDB).

``facts`` has one line a value and ``fact_places`` says where each value stands; ``commitments`` join the facts about
one indicator; ``figures`` are the numbers of running text. Offsets are characters of ``documents.text``; lines count
from 1; lists are JSON arrays. ``page_layouts`` has the words of a PDF's pages with their places, in hundredths of a
point (1/72 inch) from the upper left corner of the page as it is shown.
"""

SCHEMA = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY, municipality TEXT NOT NULL, title TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL,
    province TEXT, level TEXT, kind TEXT NOT NULL, year INTEGER, period_start INTEGER, period_end INTEGER,
    provenance TEXT NOT NULL, provenance_en TEXT NOT NULL,
    inferred TEXT NOT NULL,                                    -- JSON list of the fields read off the text
    pages TEXT NOT NULL,                                       -- JSON list of [start, printed number or null]
    text TEXT NOT NULL,
    format TEXT NOT NULL,                                      -- text, markdown, html, docx, xlsx or pdf
    masked INTEGER NOT NULL                                    -- whether personal data was looked for and masked
) WITHOUT ROWID;
CREATE TABLE page_layouts (                                    -- PDFs only
    document TEXT NOT NULL REFERENCES documents (id),
    page INTEGER NOT NULL,                                     -- its place in the file, from 1
    width INTEGER NOT NULL, height INTEGER NOT NULL,
    "start" INTEGER, "end" INTEGER,                            -- of its first and last word; null where it has none
    words TEXT NOT NULL,                                       -- JSON list of [start, end, x0, top, x1, bottom]
    UNIQUE (document, page)
);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY,                                    -- position in the vector and the lexical index
    document TEXT NOT NULL REFERENCES documents (id), kind TEXT NOT NULL,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, line_start INTEGER NOT NULL, line_end INTEGER NOT NULL,
    page INTEGER, context TEXT NOT NULL, search_text TEXT NOT NULL, text TEXT NOT NULL
);
CREATE TABLE tables (
    id INTEGER PRIMARY KEY, document TEXT NOT NULL REFERENCES documents (id), kind TEXT NOT NULL, family TEXT NOT NULL,
    title TEXT NOT NULL, context TEXT NOT NULL,
    columns TEXT NOT NULL,                                     -- JSON list of {name, year, measure, unit}
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, line_start INTEGER NOT NULL, line_end INTEGER NOT NULL
);
CREATE TABLE rows (
    id INTEGER PRIMARY KEY, table_id INTEGER NOT NULL REFERENCES tables (id),
    label TEXT NOT NULL, unit TEXT, code TEXT,
    cells TEXT NOT NULL,                                       -- JSON list of null or [text, start, end]
    section TEXT NOT NULL, units_responsible TEXT NOT NULL, note TEXT,
    ambiguous INTEGER NOT NULL, cumulative INTEGER NOT NULL,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, line_start INTEGER NOT NULL, line_end INTEGER NOT NULL
);
CREATE TABLE facts (
    id INTEGER PRIMARY KEY,
    municipality TEXT NOT NULL, document TEXT NOT NULL REFERENCES documents (id),
    label TEXT NOT NULL, measure TEXT NOT NULL, year INTEGER,
    value TEXT NOT NULL,                                       -- the exact decimal value
    number REAL NOT NULL,                                      -- the same, for sorting and arithmetic
    text TEXT NOT NULL, unit TEXT, unit_text TEXT, "column" TEXT NOT NULL, code TEXT,
    context TEXT NOT NULL, units_responsible TEXT NOT NULL, status TEXT, reason TEXT, note TEXT,
    cumulative INTEGER NOT NULL, ambiguous INTEGER NOT NULL, table_kind TEXT NOT NULL
);
CREATE TABLE fact_places (
    fact_id INTEGER NOT NULL REFERENCES facts (id), document TEXT NOT NULL,
    row_start INTEGER NOT NULL, row_end INTEGER NOT NULL, cell_start INTEGER NOT NULL, cell_end INTEGER NOT NULL,
    line_start INTEGER NOT NULL, line_end INTEGER NOT NULL
);
CREATE TABLE commitments (                                     -- the facts about one indicator or project
    id INTEGER PRIMARY KEY,
    municipality TEXT NOT NULL, label TEXT NOT NULL, unit TEXT,
    likeness REAL NOT NULL                                     -- 0-100: the least alike labels that were joined
);
CREATE TABLE commitment_facts (
    commitment_id INTEGER NOT NULL REFERENCES commitments (id), fact_id INTEGER NOT NULL REFERENCES facts (id),
    PRIMARY KEY (commitment_id, fact_id)
) WITHOUT ROWID;
CREATE TABLE outcomes (                                        -- target and actual of one year of a commitment
    commitment_id INTEGER NOT NULL REFERENCES commitments (id), year INTEGER NOT NULL,
    target_fact INTEGER NOT NULL REFERENCES facts (id), actual_fact INTEGER NOT NULL REFERENCES facts (id),
    target TEXT NOT NULL, actual TEXT NOT NULL,                -- exact decimal values
    deviation TEXT NOT NULL,                                   -- actual - target, exact
    deviation_percent TEXT,                                    -- of the target, two decimals; null where that is 0
    status TEXT, reason TEXT,                                  -- as printed
    PRIMARY KEY (commitment_id, year)
) WITHOUT ROWID;
CREATE TABLE figures (                                         -- numbers of running text; those of tables are facts
    document TEXT NOT NULL REFERENCES documents (id), "start" INTEGER NOT NULL, "end" INTEGER NOT NULL,
    value TEXT NOT NULL, number REAL NOT NULL, text TEXT NOT NULL, unit TEXT, unit_text TEXT,
    phrase TEXT NOT NULL,                                      -- what it counts: the words around it, repaired
    sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL, line_start INTEGER NOT NULL,
    PRIMARY KEY (document, "start")
) WITHOUT ROWID;
CREATE INDEX commitments_by_fact ON commitment_facts (fact_id);
CREATE INDEX facts_by_scope ON facts (municipality, year, measure);
CREATE INDEX places_by_fact ON fact_places (fact_id);
CREATE INDEX rows_by_table ON rows (table_id);
"""
