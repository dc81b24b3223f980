"""`bilan`: the year as the funder reads it, in three forms, while the bot runs or not, and nobody in it.

`pytest tests/bot/commands/test_bilan.py --write-golden` writes the text anew; the diff is then read.
"""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import chain, cycle, repeat
from pathlib import Path

import pytest

from bot.commands import bilan
from conversations.desk.case import Deed
from conversations.effects import CountStop, Lead
from conversations.figures.course import Fact
from conversations.handover.request import Consent, OpenRequest
from storage.beside import beside
from storage.keys import make_key
from storage.store import Store
from storage.transaction import Transaction
from storage.vault import Vault
from tests.bot.commands.test_relecture import Reader
from tests.bot.typed import run
from tests.conversations.figures.made_up import year
from tests.conversations.talk import ROOT, shipped
from tests.storage.desk import CANARY, CARD

GOLDEN = Path(__file__).parent / "golden" / "bilan.txt"
MADE = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
RESIDENT = 987_654_321
Says = Callable[..., str]


@pytest.fixture(autouse=True)
def here(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder and a database of its own, on a day in January."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:a-token-that-nobody-may-read")
    monkeypatch.setenv("PROGRAMME", str(ROOT / "programme.yaml"))
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setattr(bilan, "now", lambda: MADE)


@pytest.fixture
def says(capsys: pytest.CaptureFixture[str]) -> Says:
    """What the command prints."""

    def printed(*arguments: str) -> str:
        assert run("bilan", *arguments) == 0
        return capsys.readouterr().out

    return printed


@pytest.fixture
def made_up(url: str) -> None:
    """The made-up year, in the database."""
    counts, months = year(), cycle(f"2026-{month:02}" for month in range(1, 13))
    leads = {
        key: Lead(
            month=month,
            programme="2026-05" if month < "2026-06" else "2026-11",
            language="fr",
            source=reached.source,
            outcome=reached.outcome,
            commune=reached.commune,
            age=profile.age,
            situation=profile.situation,
            purpose=profile.purpose,
            amount=profile.amount,
            known_to_ccas=reached.known_to_ccas,
            to_verify=(),
        )
        for key, (reached, profile, month) in enumerate(
            zip(counts.reached.elements(), counts.profiles.elements(), months, strict=False), start=1
        )
    }
    stops = [CountStop("2026-03", "2026-05", question) for question in counts.stops.elements()]
    facts = chain.from_iterable(repeat(Fact(2026, *what), count) for what, count in counts.courses.items())
    with beside(url) as kept:
        kept.counts.add(leads, stops)
        kept.counts.count(facts)


@pytest.mark.usefixtures("made_up")
def test_the_year_reads_as_written(says: Says, request: pytest.FixtureRequest) -> None:
    told = says("2026")
    if request.config.getoption("--write-golden"):
        GOLDEN.write_text(told, encoding="utf-8")
    assert told == GOLDEN.read_text(encoding="utf-8")
    assert max(map(len, told.splitlines())) <= 78


@pytest.mark.usefixtures("made_up")
def test_the_page_says_the_same_and_needs_nothing_but_itself(says: Says, tmp_path: Path) -> None:
    path = tmp_path / "new" / "bilan.html"
    assert says("2026", "--html", str(path)) == f"{path}\n"
    page, reader = path.read_text(encoding="utf-8"), Reader()
    reader.feed(page)
    assert reader.open == []
    pairs = zip(reader.headings, reader.headings[1:], strict=False)
    assert all(later <= earlier + 1 for earlier, later in pairs)
    assert not re.search(r"https?:|url\(|@import|<script|<link|href", page)
    assert page.count("<table>") == page.count("<caption>") == 11
    assert page.count("<svg") == page.count('aria-hidden="true"')
    shown = reader.words[reader.words.index("Microcrédit personnel") :]  # below the window's title
    assert numbers(" ".join(shown)) == numbers(says("2026"))


def numbers(text: str) -> list[str]:
    return sorted(re.findall(r"\d[\d\u202f]*", text))


@pytest.mark.usefixtures("made_up")
def test_another_program_reads_the_same_numbers(says: Says) -> None:
    told = json.loads(says("2026", "--json"))
    assert [told["first"], told["last"], told["made"]] == ["2026-01-01", "2026-12-31", "2027-01-11"]
    assert [figure["number"] for figure in told["key_figures"]] == [1312, 880, 360, 141]
    text = " ".join(says("2026").split())
    for table in told["tables"]:
        for row in table["rows"]:
            cells = ["—" if cell is None else f"{cell:,}".replace(",", "\u202f") for cell in row["cells"]]
            assert " ".join(cells) in text


def test_without_a_year_it_is_the_running_one(says: Says) -> None:
    assert "du 01/01/2027 au 11/01/2027" in says()


def test_it_works_while_the_bot_runs(url: str, says: Says) -> None:
    store = Store(url)
    assert "en chiffres, 2026" in says("2026")
    store.close()


@pytest.mark.parametrize("typed", ["26", "l'an dernier", "٢٠٢٦", "-2026"])
def test_what_is_no_year_is_refused_in_french(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("bilan", "--", typed)
    assert "attendu une année, par exemple 2026" in capsys.readouterr().err


def test_a_year_to_come_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("bilan", "2028") == 2
    assert capsys.readouterr().err == "L'année 2028 n'a pas encore commencé.\n"


def test_no_form_names_a_request_or_anybody(url: str, says: Says, tmp_path: Path) -> None:
    """Of a request that is there, and of one that went."""
    with beside(url) as kept:
        for number in range(30):
            sent(kept, f"MC-C4N{number:02}", RESIDENT + number)
        for number in range(12):
            found = kept.requests.get(f"MC-C4N{number:02}")
            assert found
            kept.desk.destroy(found, Deed.PURGED, MADE)
    says("2026", "--html", str(tmp_path / "bilan.html"))
    forms = [says("2026"), says("2026", "--json"), (tmp_path / "bilan.html").read_text(encoding="utf-8")]
    for form in forms:
        assert "18" in form  # en cours
        assert not re.search(r"MC-|C4N|98765|Kanari|Zéphyrine|639980042", form)


def sent(kept: Transaction, reference: str, chat: int) -> None:
    scene, day = shipped(), date(2026, 11, 24)
    effect = OpenRequest(reference, CARD, CANARY, Consent("2026-11", scene.now), day, waiting=False)
    kept.desk.open(chat, effect, Vault((make_key(),)), scene)
