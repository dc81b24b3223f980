"""The bot as a process of its own, so that the page can stop it, kill it and start it again."""

import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

PATIENCE = 10.0  # seconds to end cleanly
LAST_WORDS = 2000  # bytes of its output worth showing when it stopped by itself
_PR_SET_PDEATHSIG = 1


class BotProcess:
    """One bot. Whoever wants to know when it starts or ends sets `changed`."""

    def __init__(
        self, command: Sequence[str], environment: Callable[[], Mapping[str, str]], output: Path
    ) -> None:
        """`environment` is asked at each start; what the bot prints goes to the file `output`."""
        self._command = command
        self._environment = environment
        self._output = output
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._changing = asyncio.Lock()  # one press of a button at a time
        self._asked_to_end = False
        self.changed: Callable[[], None] = lambda: None
        self.failed = False  # it ended although nobody asked it to

    @property
    def running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int | None:
        """Its number, while it lives."""
        return self._process.pid if self._process is not None and self.running else None

    async def start(self) -> None:
        """Start it, unless it runs."""
        async with self._changing:
            await self._start()

    async def stop(self) -> None:
        """Ask it to end, and wait until it has."""
        async with self._changing:
            await self._end(signal.SIGTERM)

    async def kill(self) -> None:
        """End it in the middle of whatever it does, as a power cut would."""
        async with self._changing:
            await self._end(signal.SIGKILL)

    async def restart(self) -> None:
        """Stop it and start it again."""
        async with self._changing:
            await self._end(signal.SIGTERM)
            await self._start()

    def last_words(self) -> str:
        """The end of what it printed."""
        return self._output.read_bytes()[-LAST_WORDS:].decode(errors="replace").strip()

    async def _start(self) -> None:
        if self.running:
            return
        self._asked_to_end = self.failed = False
        with self._output.open("wb") as output:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                env={**os.environ, **self._environment()},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C is for this process, which then ends the bot
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )
        self._watch = asyncio.create_task(self._until_it_ends(self._process))
        self.changed()

    async def _end(self, how: signal.Signals) -> None:
        if self._process is None or self._watch is None or not self.running:
            return
        self._asked_to_end = True
        self._process.send_signal(how)
        try:
            await asyncio.wait_for(asyncio.shield(self._watch), PATIENCE)
        except TimeoutError:
            self._process.kill()
            await self._watch

    async def _until_it_ends(self, process: asyncio.subprocess.Process) -> None:
        await process.wait()
        self.failed = not self._asked_to_end
        self.changed()


def _die_with_parent() -> None:
    """Linux ends the bot too when this process is killed without a chance to do so."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
