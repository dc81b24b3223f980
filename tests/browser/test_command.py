"""`python -m bot sandbox` as a command: its address, its end, what it keeps. Needs no browser."""

import os
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.browser.conftest import FormerLife
from tests.browser.playing import Playing


def test_a_taken_port_is_said_and_another_chosen(former: FormerLife) -> None:
    assert f"Le port {former.taken} est déjà pris" in former.said
    assert f":{former.taken}/" not in former.said


def test_ctrl_c_ends_it_and_its_bot(former: FormerLife) -> None:
    assert former.code == 0
    with pytest.raises(ProcessLookupError):
        os.kill(former.bot, 0)


def test_a_conversation_goes_on_in_the_next_run(playing: Playing) -> None:
    assert playing.messages("Nadia")[0]["text"] == "/start mairie"
    playing.says("Nadia", "1")
    playing.waits_for("Nadia", "Dans quelle commune")


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Content-Type": "text/plain"}]
)
def test_another_sites_page_can_do_nothing(playing: Playing, headers: dict[str, str]) -> None:
    sent = Request(f"{playing.url}power", b'{"do": "kill"}', {"Content-Type": "application/json", **headers})
    with pytest.raises(HTTPError) as refused:
        urlopen(sent)
    refused.value.close()
    assert refused.value.code in {403, 415, 421}
    assert playing.state()["desk"]["bot"]["running"]
