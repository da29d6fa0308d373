"""A passkey made of software: what a browser and its key do, without either."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG


class SoftKey:
    """`origin` is the page that the browser stands on, `host` what the key is bound to."""

    def __init__(self, host: str, origin: str, name: bytes = b"khoa-mem") -> None:
        self.host, self.origin, self.name = host, origin, name
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.handle = ""

    def _client(self, kind: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(kind, challenge, self.origin)

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer to the options for a new key."""
        public = options["publicKey"]
        self.handle = public["user"]["id"]
        client = self._client("webauthn.create", public["challenge"])
        held = AttestedCredentialData.create(
            bytes(16), self.name, ES256.from_cryptography_key(self.private.public_key())
        )
        data = AuthenticatorData.create(sha256(self.host.encode()), FLAG.UP | FLAG.UV | FLAG.AT, 0, held)
        return self._answer(
            clientDataJSON=websafe_encode(client),
            attestationObject=websafe_encode(AttestationObject.create("none", data, {})),
        )

    def sign(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer to a challenge."""
        client = self._client("webauthn.get", options["publicKey"]["challenge"])
        data = AuthenticatorData.create(sha256(self.host.encode()), FLAG.UP | FLAG.UV, 1)
        signature = self.private.sign(data + client.hash, ec.ECDSA(SHA256()))
        return self._answer(
            clientDataJSON=websafe_encode(client),
            authenticatorData=websafe_encode(data),
            signature=websafe_encode(signature),
            userHandle=self.handle,
        )

    def _answer(self, **response: str) -> dict[str, Any]:
        name = websafe_encode(self.name)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }
