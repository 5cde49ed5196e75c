"""A page is added to the gold set with one command."""

import json

from tests.quality.gold.add import main
from tests.quality.gold.pages import EXPECTED_FIELDS

ADDRESS = "https://menafn.com/1110375316/Some-Story"


def test_the_page_is_copied_byte_by_byte_beside_a_form_with_every_field(tmp_path):
    page = tmp_path / "Harbour Story.html"
    page.write_bytes(b"<html>\xff\r\n</html>")

    assert main([str(page), "--url", ADDRESS, "--into", str(tmp_path / "gold")]) == 0

    assert (tmp_path / "gold/pages/harbour-story.html").read_bytes() == page.read_bytes()
    form = json.loads((tmp_path / "gold/expected/harbour-story.json").read_text("utf-8"))
    assert form["address"] == ADDRESS
    assert tuple(form["article"]) == EXPECTED_FIELDS


def test_a_page_that_is_in_the_set_already_is_not_overwritten(tmp_path, capsys):
    page = tmp_path / "story.html"
    page.write_text("<html></html>", encoding="utf-8")
    command = [str(page), "--url", ADDRESS, "--into", str(tmp_path / "gold")]
    main(command)

    assert main(command) == 2
    assert "choose another --name" in capsys.readouterr().err
