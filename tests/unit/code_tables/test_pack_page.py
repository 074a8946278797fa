"""The page about data packs says what is shipped."""

from pathlib import Path

from kiosk.sandbox.packs import names, pack

PAGE = Path(__file__).parents[3] / "docs" / "packs.md"


def test_every_pack_stands_on_the_page_as_it_is() -> None:
    lines = [line.strip("| ").split(" | ") for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    told = {cells[0].strip("`"): cells for cells in lines if len(cells) == 7}
    assert sorted(told) == sorted(names())
    for name, (_, edition, rows, what, sample, source, licence) in told.items():
        one = pack(name)
        assert (edition, rows, source, licence) == (one.edition, str(len(one.rows)), one.source, one.licence), name
        assert (sample.strip() == "yes") == one.sample
        assert what
