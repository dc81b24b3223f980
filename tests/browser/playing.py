"""The sandbox as its users start it: `python -m bot sandbox`, a process of its own."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

PATIENCE = 15.0  # seconds: the bot may be starting on a busy machine
ROOT = Path(__file__).parents[2]


class Playing:
    """A running sandbox whose folder is `folder`/data/sandbox. `said` is what it printed."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PROGRAMME": str(ROOT / "programme.yaml")}
        self.process = subprocess.Popen(
            (sys.executable, "-m", "bot", "sandbox", *(arguments or ("--port", "0"))),
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.said = ""
        self._numbers = count(1)
        assert self.process.stdout is not None
        while (found := re.search(r"http://\S+", self.said)) is None:
            line = self.process.stdout.readline()
            assert line, f"the sandbox ended without an address: {self.said}"
            self.said += line
        self.url = found[0]

    def state(self) -> Any:
        """Everything a page that has just been opened is told."""
        with urlopen(f"{self.url}events") as stream:
            stream.readline()
            return json.loads(stream.readline().removeprefix(b"data: "))

    def post(self, path: str, **body: object) -> Any:
        """What a page does; answers with what it is told."""
        headers = {"Content-Type": "application/json"}
        with urlopen(Request(self.url + path, json.dumps(body).encode(), headers)) as answer:
            return json.loads(answer.read() or b"null")

    def newcomer(self) -> str:
        """The name of a new resident."""
        name = f"Lina {next(self._numbers)}"
        self.post("phones", name=name, language="fr")
        return name

    def messages(self, name: str) -> list[dict[str, Any]]:
        """What is on the phone of somebody."""
        found: list[dict[str, Any]] = self._phone(name)["messages"]
        return found

    def says(self, name: str, text: str) -> None:
        """Somebody types and sends."""
        self.post(f"phones/{self._phone(name)['head']['id']}/say", text=text)

    def waits_for(self, name: str, words: str) -> None:
        """Wait until the last message on somebody's phone holds these words."""
        end = time.monotonic() + PATIENCE
        while words not in self.messages(name)[-1]["text"]:
            assert time.monotonic() < end, f"{words!r} does not come"
            time.sleep(0.05)

    def _phone(self, name: str) -> Any:
        return next(phone for phone in self.state()["phones"] if phone["head"]["name"] == name)

    def ends(self, how: signal.Signals = signal.SIGINT) -> int:
        """End it as somebody at the keyboard does; the exit code."""
        self.process.send_signal(how)
        code = self.process.wait(15)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code
