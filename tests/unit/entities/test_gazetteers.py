"""The tables are consistent."""

import csv
import re
from collections import Counter
from pathlib import Path

from tasks.entities.gazetteers import FOLDER, digest_tables, load_gazetteers
from tasks.entities.tokenizer import phrase_key


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def compiled() -> dict[str, list[str]]:
    lines = (FOLDER / "places.tsv").read_text(encoding="utf-8").splitlines()
    return {line.split("\t")[0]: line.split("\t") for line in lines if not line.startswith("#")}


def test_every_reference_of_a_hand_written_place_is_known() -> None:
    places = compiled()

    for row in rows("place_names.csv"):
        if not row["reference"].startswith("X:") and row["reference"] != "XK":
            assert row["reference"] in places, row
            country = places[row["reference"]][1]
            assert row["country_code"] in (country, ""), row


def test_no_name_is_listed_twice() -> None:
    lines = (FOLDER / "given_names.txt").read_text(encoding="utf-8").splitlines()
    for names in (
        [row["name"] for row in rows("place_names.csv")],
        [row["name"] for row in rows("organisations.csv")],
        [name for line in lines if not line.startswith("#") for name in line.split()],
    ):
        assert [name for name, count in Counter(names).items() if count > 1] == []


def test_organisations_are_described_in_full() -> None:
    organisations = rows("organisations.csv")

    assert len(organisations) > 1000
    for row in organisations:
        assert row["kind"], row
        assert re.fullmatch(r"(?:[A-Z]{2})?", row["country_code"]), row
        assert re.fullmatch(r"(?:[A-Z]+:[A-Z0-9.]+)?", row["ticker"]), row


def test_countries_of_all_tables_are_iso_codes() -> None:
    codes = {reference for reference in compiled() if len(reference) == 2} | {"XK"}

    for name in ("organisations.csv", "place_names.csv", "demonyms.csv"):
        assert {row["country_code"] for row in rows(name)} - {""} <= codes


def test_every_near_country_has_its_ministries_and_central_bank() -> None:
    organisations = rows("organisations.csv")
    for code in ("AE", "BH", "DZ", "EG", "IQ", "JO", "KW", "LB", "LY", "MA", "OM", "QA", "SA", "SD",
                 "SY", "TN", "TR", "YE", "PS"):  # fmt: skip
        kinds = Counter(row["kind"] for row in organisations if row["country_code"] == code)
        assert kinds["ministry"] >= 8, code
        assert kinds["central bank"] == 1, code


def test_an_alias_leads_to_a_name_that_is_no_alias_itself() -> None:
    gazetteers = load_gazetteers()

    for (kind, _), name in gazetteers.aliases.items():
        assert (kind, phrase_key(name)) not in gazetteers.aliases, name


def test_a_changed_table_changes_the_digest(tmp_path: Path) -> None:
    for path in FOLDER.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    before = digest_tables(tmp_path)
    (tmp_path / "aliases.csv").write_text("alias,type,name\n", encoding="utf-8")

    assert before == digest_tables(FOLDER) != digest_tables(tmp_path)
