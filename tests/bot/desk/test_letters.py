"""What is written for the desk while other workers write to the same database."""

from datetime import timedelta

import pytest

from bot.desk.letters import letters
from conversations.desk.case import Member, Role
from storage.keys import make_key
from storage.staff import Staff
from storage.transaction import Transaction
from storage.vault import Vault
from tests import databases
from tests.conversations.talk import shipped
from tests.storage.desk import MONDAY

CHEF = 21


def test_the_welcome_of_whom_another_worker_lets_in_meanwhile_is_not_thrown_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url, scene, vault = databases.server().fresh(), shipped(MONDAY), Vault((make_key(),))
    read = Staff.members

    def members(self: Staff, *roles: Role) -> list[Member]:
        """Right after they were read there is one more."""
        found = read(self, *roles)
        monkeypatch.undo()
        with databases.looking(url) as engine, engine.begin() as connection:
            kept = Transaction(connection)
            kept.staff.invite("an-invitation", Role.COORDINATION, "", MONDAY + timedelta(minutes=15))
            assert kept.desk.welcome("an-invitation", CHEF, scene)
        return found

    monkeypatch.setattr(Staff, "members", members)
    brought = []
    with databases.looking(url) as engine:
        for _ in range(2):
            with engine.begin() as connection:
                brought += letters(Transaction(connection), vault, scene)
    assert [letter.chat_id for letter in brought] == [CHEF]
