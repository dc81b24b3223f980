"""The programme that the settings name, for the commands that need nothing else."""

from datetime import date, datetime
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

from conversations.programme.load import ProgrammeFile, load
from conversations.scene import PARIS


class ChosenProgramme(BaseSettings):
    """Only where the file is: these commands work before the bot has a token."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    programme: Path = Path("programme.yaml")


def load_chosen() -> ProgrammeFile:
    """The file of the setting PROGRAMME. Raises ProgrammeError, whose text is for whoever wrote the file."""
    return load(ChosenProgramme().programme)


def today() -> date:
    """The day in the four communes. Only a command may ask the clock."""
    return datetime.now(PARIS).date()
