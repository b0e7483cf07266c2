"""Who calls: service accounts with access tokens, and API keys with Digest."""
from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
import uuid
from urllib.parse import parse_qs
from urllib.request import parse_http_list, parse_keqv_list

REALM, HASHES = "Python Atlas", {"SHA-256": hashlib.sha256, "MD5": hashlib.md5}
NONCE_SECONDS, TOKEN_SECONDS = 3, 300


class Refusal(Exception):
    """Ends a request with an error status and an error code."""

    def __init__(self, status: int, code: str):
        super().__init__(code)
        self.status, self.code = status, code


class Gate:
    """Tells whether a caller may change roles, by an access token or by Digest (RFC 7616)."""

    def __init__(self):
        self.secrets: dict[str, tuple[str, bool]] = {}
        for may_change in (True, False):  # the owner and the reader: a service account and an API key each
            self.secrets["mdb_sa_id_" + secrets.token_hex(12)] = "mdb_sa_sk_" + secrets.token_urlsafe(24), may_change
            self.secrets[secrets.token_hex(4)] = str(uuid.uuid4()), may_change
        self.tokens: dict[str, tuple[bool, float]] = {}  # no lock: single operations of a dict are atomic
        self.nonce_key = secrets.token_bytes(16)

    def issue_token(self, authorization: str, form: bytes) -> dict:
        scheme, _, encoded = authorization.partition(" ")
        try:
            client, _, secret = base64.b64decode(encoded).decode().partition(":")
        except ValueError:
            client = secret = ""
        right, may_change = self.secrets.get(client, ("", False))
        if scheme.lower() != "basic" or not right or not hmac.compare_digest(right.encode(), secret.encode()):
            raise Refusal(401, "invalid_client")
        if parse_qs(form.decode("utf-8", "replace")).get("grant_type") != ["client_credentials"]:
            raise Refusal(400, "unsupported_grant_type")
        token = str(uuid.uuid4())
        self.tokens[token] = may_change, time.monotonic() + TOKEN_SECONDS
        return {"token_type": "Bearer", "expires_in": TOKEN_SECONDS, "access_token": token}

    def may_change(self, method: str, target: str, authorization: str) -> bool:
        scheme, _, rest = authorization.partition(" ")
        if scheme.lower() == "bearer":
            may_change, until = self.tokens.get(rest.strip(), (False, 0))
            if time.monotonic() < until:
                return may_change
        elif scheme.lower() == "digest":
            said = parse_keqv_list([item for item in parse_http_list(rest) if "=" in item])
            return self.digest(method, target, {name.lower(): value for name, value in said.items()})
        raise Refusal(401, "UNAUTHORIZED")

    def digest(self, method: str, target: str, said: dict[str, str]) -> bool:
        name, nonce = said.get("username", ""), said.get("nonce", "")
        secret, may_change = self.secrets.get(name, ("", False))
        algorithm = HASHES.get(said.get("algorithm", "MD5").upper())
        if not secret or not algorithm or said.get("uri") != target or said.get("qop") != "auth":
            raise Refusal(401, "UNAUTHORIZED")

        def h(*parts: str) -> str:
            return algorithm(":".join(parts).encode()).hexdigest()
        right = h(h(name, REALM, secret), nonce, said.get("nc", ""), said.get("cnonce", ""), "auth", h(method, target))
        born = nonce.partition(".")[0]
        if not hmac.compare_digest(right.encode(), said.get("response", "").encode()) or nonce != self.nonce(born):
            raise Refusal(401, "UNAUTHORIZED")
        if time.time() > float(born) + NONCE_SECONDS:
            raise Refusal(401, "STALE_NONCE")
        return may_change

    def nonce(self, born: str) -> str:
        return f"{born}." + hmac.new(self.nonce_key, born.encode(), "sha256").hexdigest()[:20]

    def challenges(self, stale: bool) -> list[str]:
        nonce = self.nonce(str(int(time.time())))
        digest = f'Digest realm="{REALM}", qop="auth", nonce="{nonce}", stale={stale}, algorithm='
        return [f'Bearer realm="{REALM}"', *(digest + name for name in HASHES)]
