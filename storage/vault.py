"""Contacts, sealed: each under a key of its own, which the master key wraps. To destroy both is to forget.

AES-GCM throughout. A box and its wrapped key are bound to the reference of their row: moved to another row,
or altered by one bit, they do not open. A backup holds both: what was purged since is noise there once the
master key of its day is gone, which is what a rotation is for.
"""

import json
import os
from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from conversations.handover.request import Contact
from storage.keys import MasterKeys

NONCE = 12  # bytes
KEY_BITS = 256
PADDED = 256  # bytes: a box does not tell how long a name is


class SealedError(Exception):
    """A contact that these keys do not open. Says nothing of it."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A contact as it is kept."""

    box: bytes
    key: bytes  # wrapped


class Vault:
    """Seals and opens contacts. New ones are wrapped by the first of the master keys, all of them open."""

    def __init__(self, keys: MasterKeys) -> None:
        self._masters = [AESGCM(key) for key in keys]

    def seal(self, contact: Contact, reference: str) -> Sealed:
        """The contact, sealed for the row of this reference."""
        key = AESGCM.generate_key(KEY_BITS)
        plain = json.dumps(asdict(contact)).encode().ljust(PADDED)
        return Sealed(_encrypt(AESGCM(key), plain, _box(reference)), self._wrap(key, reference))

    def open(self, sealed: Sealed, reference: str) -> Contact:
        """The contact. Raises SealedError where row, keys and box do not belong together."""
        key = AESGCM(self._unwrap(sealed.key, reference))
        try:
            plain = key.decrypt(sealed.box[:NONCE], sealed.box[NONCE:], _box(reference))
        except (InvalidTag, ValueError):
            raise SealedError from None
        return Contact(**json.loads(plain))

    def rewrap(self, wrapped: bytes, reference: str) -> bytes:
        """The same key of a contact, wrapped by the first master key. Raises SealedError."""
        return self._wrap(self._unwrap(wrapped, reference), reference)

    def _wrap(self, key: bytes, reference: str) -> bytes:
        return _encrypt(self._masters[0], key, _key(reference))

    def _unwrap(self, wrapped: bytes, reference: str) -> bytes:
        for master in self._masters:
            try:
                return master.decrypt(wrapped[:NONCE], wrapped[NONCE:], _key(reference))
            except (InvalidTag, ValueError):
                continue
        raise SealedError


def _encrypt(key: AESGCM, plain: bytes, bound_to: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + key.encrypt(nonce, plain, bound_to)


def _box(reference: str) -> bytes:
    return b"contact:" + reference.encode()


def _key(reference: str) -> bytes:
    return b"key:" + reference.encode()
