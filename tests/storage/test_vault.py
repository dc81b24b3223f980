"""A contact opens for its own row and its own keys, and for nothing else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.handover.request import Contact
from storage.keys import KeysError, make_key, parse_keys, read_keys, write_keys
from storage.vault import Sealed, SealedError, Vault

CANARY = Contact("Zéphyrine Kanari", "+33639980042")
VAULT = Vault((make_key(),))


@given(name=st.text(max_size=64), phone=st.text("+0123456789", max_size=16))
def test_what_was_sealed_opens_again(name: str, phone: str) -> None:
    contact = Contact(name, phone)
    assert VAULT.open(VAULT.seal(contact, "MC-AAAA"), "MC-AAAA") == contact


def test_a_box_shows_neither_the_contact_nor_its_length() -> None:
    short, long = VAULT.seal(Contact("A", "+336"), "MC-AAAA"), VAULT.seal(CANARY, "MC-AAAA")
    assert len(short.box) == len(long.box)
    assert b"Kanari" not in long.box + long.key
    assert VAULT.seal(CANARY, "MC-AAAA").box != long.box


def test_a_box_moved_to_another_row_does_not_open() -> None:
    sealed, other = VAULT.seal(CANARY, "MC-AAAA"), VAULT.seal(CANARY, "MC-BBBB")
    for moved in (sealed, Sealed(sealed.box, other.key), Sealed(other.box, sealed.key)):
        with pytest.raises(SealedError):
            VAULT.open(moved, "MC-BBBB")


@given(bit=st.integers(0, 8 * (256 + 28) - 1))
def test_a_box_altered_by_one_bit_does_not_open(bit: int) -> None:
    sealed = VAULT.seal(CANARY, "MC-AAAA")
    box = bytearray(sealed.box)
    box[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SealedError):
        VAULT.open(Sealed(bytes(box), sealed.key), "MC-AAAA")


def test_noise_and_nothing_do_not_open() -> None:
    for noise in (b"", b"short", bytes(60)):
        with pytest.raises(SealedError):
            VAULT.open(Sealed(noise, VAULT.seal(CANARY, "MC-AAAA").key), "MC-AAAA")
        with pytest.raises(SealedError):
            VAULT.open(Sealed(VAULT.seal(CANARY, "MC-AAAA").box, noise), "MC-AAAA")


def test_after_a_rotation_the_old_key_opens_nothing_and_the_new_one_everything() -> None:
    old, new = make_key(), make_key()
    sealed = Vault((old,)).seal(CANARY, "MC-AAAA")
    rewrapped = Sealed(sealed.box, Vault((new, old)).rewrap(sealed.key, "MC-AAAA"))
    assert Vault((new,)).open(rewrapped, "MC-AAAA") == CANARY
    with pytest.raises(SealedError):
        Vault((old,)).open(rewrapped, "MC-AAAA")


def test_keys_written_are_read_again_by_their_owner_alone(tmp_path: Path) -> None:
    file, keys = tmp_path / "data" / "contacts.key", (make_key(), make_key())
    write_keys(file, keys)
    assert read_keys(file) == keys
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]
    file.chmod(0o640)
    with pytest.raises(KeysError, match="chmod 600"):
        read_keys(file)


@pytest.mark.parametrize("text", ["", "secret", "c2VjcmV0", "é" * 44, "\n,\n"])
def test_a_wrong_key_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(KeysError) as told:
        parse_keys(text)
    assert "secret" not in str(told.value)
    assert "c2VjcmV0" not in str(told.value)
