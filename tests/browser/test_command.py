"""`python -m bot sandbox` as a command: its address, its end, what it keeps. Needs no browser."""

import os
import signal
import socket
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.browser.playing import Playing


def texts(playing: Playing) -> list[str]:
    return [message["text"] for message in playing.state()["phones"][0]["messages"]]


def until_answered(playing: Playing, count: int) -> None:
    end = time.monotonic() + 15
    while len(texts(playing)) < count:
        assert time.monotonic() < end, "the bot says nothing"
        time.sleep(0.05)


def test_it_ends_cleanly_and_goes_on_where_it_was(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        playing = Playing(tmp_path, "--port", str(port))
        assert f"Le port {port} est déjà pris" in playing.said
    state = playing.state()
    nadia = state["phones"][0]["head"]["id"]
    playing.post(f"phones/{nadia}/say", text="/start mairie")
    until_answered(playing, 2)
    assert playing.ends(signal.SIGTERM) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(state["desk"]["bot"]["pid"], 0)

    playing = Playing(tmp_path)
    assert len(texts(playing)) == 2
    playing.post(f"phones/{nadia}/say", text="1")
    until_answered(playing, 4)
    assert "Dans quelle commune" in texts(playing)[-1]
    assert playing.ends(signal.SIGINT) == 0


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
