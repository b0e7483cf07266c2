#!/usr/bin/env python3
"""A second reading of the documentation of removeRole, in Python's standard library alone.

    python3 server.py [--port N] [--break]

It prints the configuration for `atlas-conformance run --config`, then serves until it is killed. All
state is in memory. Where the documentation leaves a choice, it chose:

- the only role is refused with 409; removing a role that the user lacks is a 200 that changes nothing;
- authentication comes first, then the project (404), permission (403), the user (404), the body;
- the smallest legal error body; answers on one line; an envelope beside which the status line stays;
- Digest with SHA-256 offered before MD5 and nonces that go stale in seconds; UUIDs as access tokens (gate.py);
- a malformed id is a 404, an upper-case one is as good as lower-case; a query flag that is no boolean is refused;
- a request body of another media type is a 415; of a key that comes twice, the last counts;
- a connection is closed, with notice, after a number of answers.

With --break it has three faults, all in the class `Fault`:

1. the only role of a pending user can be removed (breaks roles.never-empty);
2. `roles` in the answer is what the user had before the removal (breaks success.roles);
3. a caller without permission is refused, after the role was removed (breaks auth.permission).
"""
from __future__ import annotations

import argparse
import json
import re
import secrets
import sys
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote

sys.dont_write_bytecode = True  # this folder is no place for a cache

from gate import Gate, Refusal  # noqa: E402

PROJECTS = ["65a0c0ffee00000000000001", "65a0c0ffee00000000000002"]
ROLES = ["GROUP_OWNER", "GROUP_READ_ONLY", "GROUP_CLUSTER_MANAGER", "GROUP_BACKUP_MANAGER"]  # fewer than Atlas has
STAFF = "@staff.example.org"  # members of the organization: active in a project at once
VENDOR_TYPE, PLAIN_TYPE = "application/vnd.atlas.2025-02-19+json", "application/json"
BODY_LIMIT, ANSWERS_PER_CONNECTION = 64 * 1024, 100


class Fault:
    """The faults of --break; an honest server has none."""
    last_role_of_pending = stale_roles_in_answer = refused_but_done = False


@dataclass
class User:
    id: str
    username: str
    since: datetime
    roles: dict[str, set[str]] = field(default_factory=dict)  # by project

    def seen_in(self, project: str) -> dict:
        about = {"username": self.username, "roles": sorted(self.roles[project]), "id": self.id}
        if self.username.endswith(STAFF):
            return {**about, "orgMembershipStatus": "ACTIVE", "createdAt": self.since.isoformat(),
                    "firstName": self.username.split("@")[0].capitalize(), "lastName": "Staff"}
        return {**about, "orgMembershipStatus": "PENDING", "inviterUsername": "owner" + STAFF,
                "invitationCreatedAt": self.since.isoformat(),
                "invitationExpiresAt": (self.since + timedelta(days=30)).isoformat()}


class Directory:
    """Who has which roles. Each operation answers with a status and a payload.

    Requests run in threads, and "is it the only role?" followed by "remove it" has to be one step, or
    two removals that race leave a user without a role: whoever calls an operation holds the lock.
    """

    def __init__(self):
        self.lock = threading.Lock()
        self.users: dict[str, User] = {}

    def member(self, project: str, user: str) -> User:
        if user in self.users and project in self.users[user].roles:
            return self.users[user]
        raise Refusal(404, "USER_NOT_IN_GROUP")

    def list(self, project: str, username: str | None) -> tuple[int, dict]:
        found = [user for user in self.users.values() if project in user.roles and username in (None, user.username)]
        return 200, {"totalCount": len(found), "results": [user.seen_in(project) for user in found]}

    def add(self, project: str, sent: dict) -> tuple[int, dict]:
        username, roles = sent.get("username"), sent.get("roles")
        if not (isinstance(username, str) and "@" in username and isinstance(roles, list) and roles):
            raise Refusal(400, "VALIDATION_ERROR")
        user = next((user for user in self.users.values() if user.username == username), None)
        user = user or User(secrets.token_hex(12), username, datetime.now(timezone.utc))
        if project in user.roles:
            raise Refusal(409, "USER_ALREADY_IN_GROUP")
        user.roles[project] = {known(role) for role in roles}
        self.users[user.id] = user
        return 201, user.seen_in(project)

    def drop(self, project: str, user: str) -> tuple[int, None]:
        found = self.member(project, user)
        del found.roles[project]
        if not found.roles:
            del self.users[user]
        return 204, None

    def add_role(self, project: str, user: str, sent: dict) -> tuple[int, dict]:
        found = self.member(project, user)
        found.roles[project].add(known(sent.get("groupRole")))
        return 200, found.seen_in(project)

    def remove_role(self, project: str, user: str, sent: dict) -> tuple[int, dict]:
        found, role = self.member(project, user), known(sent.get("groupRole"))
        before = found.seen_in(project)
        unguarded = Fault.last_role_of_pending and before["orgMembershipStatus"] == "PENDING"
        if found.roles[project] == {role} and not unguarded:
            raise Refusal(409, "CANNOT_REMOVE_ALL_USER_ROLES")
        found.roles[project].discard(role)
        return 200, before if Fault.stale_roles_in_answer else found.seen_in(project)


def known(role: object) -> str:
    if not isinstance(role, str) or role not in ROLES:
        raise Refusal(400, "INVALID_ROLE_FOR_GROUP")
    return role


class Handler(BaseHTTPRequestHandler):
    protocol_version, server_version, sys_version = "HTTP/1.1", "second-reading", ""
    error_content_type, error_message_format = PLAIN_TYPE, '{"error": %(code)d, "errorCode": "BAD_HTTP"}'
    wbufsize, disable_nagle_algorithm = -1, True  # an answer leaves in one piece
    answers = 0

    def serve(self):
        path, _, query = self.path.partition("?")
        self.query, self.flags, challenges = parse_qs(query, keep_blank_values=True), {}, []
        try:
            body = self.read_body()  # before anything else: what stays unread would be the next request
            self.flags = {name: self.query.get(name, ["false"])[-1] for name in ("envelope", "pretty")}
            if not {"true", "false"}.issuperset(self.flags.values()):
                raise Refusal(400, "INVALID_QUERY_PARAMETER")
            if (self.command, path) == ("POST", "/api/oauth/token"):
                status, media = 200, PLAIN_TYPE
                payload = self.server.gate.issue_token(self.headers.get("Authorization", ""), body)
            else:
                media, (status, payload) = VENDOR_TYPE, self.operate(unquote(path), body)
        except Refusal as refusal:
            status, media, payload = refusal.status, PLAIN_TYPE, {"error": refusal.status, "errorCode": refusal.code}
            if status == 401:
                challenges = self.server.gate.challenges(stale=refusal.code == "STALE_NONCE")
        self.send(status, payload, media, challenges)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = serve

    def operate(self, path: str, body: bytes) -> tuple[int, object]:
        may_change = self.server.gate.may_change(self.command, self.path, self.headers.get("Authorization", ""))
        place = re.fullmatch("/api/atlas/v2/groups/([0-9a-f]{24})/users(?:/([0-9a-f]{24}))?(:[a-zA-Z]+)?", path, re.I)
        if not place:
            raise Refusal(404, "RESOURCE_NOT_FOUND")
        ids, verb = [part.lower() for part in place.groups()[:2] if part], place[3] or ""
        if ids[0] not in PROJECTS:
            raise Refusal(404, "GROUP_NOT_FOUND")
        directory = self.server.directory
        operation = {
            ("GET", 1, ""): lambda: directory.list(ids[0], self.query.get("username", [None])[0]),
            ("GET", 2, ""): lambda: (200, directory.member(*ids).seen_in(ids[0])),
            ("POST", 1, ""): lambda: directory.add(ids[0], self.sent(body)),
            ("DELETE", 2, ""): lambda: directory.drop(*ids),
            ("POST", 2, ":addRole"): lambda: directory.add_role(*ids, self.sent(body)),
            ("POST", 2, ":removeRole"): lambda: directory.remove_role(*ids, self.sent(body)),
        }.get((self.command, len(ids), verb))
        if not operation:
            raise Refusal(404, "RESOURCE_NOT_FOUND")
        with directory.lock:
            allowed = may_change or self.command == "GET"
            answer = operation() if allowed or Fault.refused_but_done and verb == ":removeRole" else None
            if not allowed:
                raise Refusal(403, "NOT_GROUP_USER_ADMIN")
            return answer

    def sent(self, body: bytes) -> dict:
        """The JSON object that was sent. Nesting that is too deep for the parser is a 400 like all else."""
        if self.headers.get_content_type() not in (VENDOR_TYPE, PLAIN_TYPE):
            raise Refusal(415, "UNSUPPORTED_MEDIA_TYPE")
        try:
            value = json.loads(body.decode("utf-8"), parse_constant=int)  # int("NaN") is an error, as NaN is in JSON
        except (ValueError, RecursionError):
            raise Refusal(400, "MALFORMED_JSON") from None
        if not isinstance(value, dict):
            raise Refusal(400, "INVALID_JSON")
        return value

    def read_body(self) -> bytes:
        """The whole body; of one that is too long the rest is thrown away, so that the 413 can be received."""
        body = bytearray()
        for piece in self.pieces():
            body += piece[:BODY_LIMIT + 1 - len(body)]
        if len(body) > BODY_LIMIT:
            raise Refusal(413, "PAYLOAD_TOO_LARGE")
        return bytes(body)

    def pieces(self):
        if "chunked" not in self.headers.get("Transfer-Encoding", "").lower():
            left = self.length(self.headers.get("Content-Length", "0"), 10)
            while left > 0 and (piece := self.rfile.read(min(left, BODY_LIMIT))):
                left -= len(piece)
                yield piece
            return
        while (size := self.length(self.rfile.readline(1024).partition(b";")[0].strip().decode("latin-1"), 16)):
            yield self.rfile.read(size)
            self.rfile.readline(8)
        while self.rfile.readline(BODY_LIMIT).strip():  # the trailers
            pass

    def length(self, text: str, base: int) -> int:
        if not re.fullmatch("[0-9]{1,18}" if base == 10 else "[0-9a-fA-F]{1,8}", text):
            self.close_connection = True  # for nobody knows where the next request begins
            raise Refusal(400, "BAD_LENGTH")
        return int(text, base)

    def send(self, status: int, payload: object, media: str, challenges: list[str]):
        if self.flags.get("envelope") == "true":
            payload = {"status": status, "envelope": payload}
        indent = 4 if self.flags.get("pretty") == "true" else None
        text = b"" if status == 204 else json.dumps(payload, indent=indent).encode()
        fields = [("WWW-Authenticate", challenge) for challenge in challenges]
        if status != 204:
            fields += [("Content-Type", media), ("Content-Length", str(len(text)))]
        self.answers += 1
        if self.close_connection or self.answers >= ANSWERS_PER_CONNECTION:
            fields.append(("Connection", "close"))  # which send_header takes to heart
        self.send_response(status)
        for name_and_value in fields:
            self.send_header(*name_and_value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    def log_message(self, *_):
        """Says nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads, request_queue_size = True, 256

    def __init__(self, port: int):
        super().__init__(("127.0.0.1", port), Handler)
        self.gate, self.directory = Gate(), Directory()

    def configuration(self) -> str:
        lines = [f'target = "http://127.0.0.1:{self.server_port}"',
                 'group_id = "{}"\nother_group_id = "{}"'.format(*PROJECTS)]
        sections = ("owner", "client_id", "client_secret"), ("owner_key", "public_key", "private_key"), \
            ("reader", "client_id", "client_secret"), ("reader_key", "public_key", "private_key")
        lines += [f'[credentials.{section}]\n{name} = "{key}"\n{secret} = "{value}"'
                  for (section, name, secret), (key, (value, _)) in zip(sections, self.gate.secrets.items())]
        return "\n".join([*lines, "[state]", f'active_username = "worker.{{n}}{STAFF}"',
                          'pending_username = "guest.{n}@example.net"',
                          'deprecated_user_id = "65a0c0ffee000000000000aa"  # a stranger to these resources',
                          "roles = " + json.dumps(ROLES)])


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="A server of removeRole for the conformance suite.")
    arguments.add_argument("--port", type=int, default=0, help="0 takes any free port")
    arguments.add_argument("--break", dest="faulty", action="store_true", help="serve with three faults")
    chosen = arguments.parse_args()
    Fault.last_role_of_pending = Fault.stale_roles_in_answer = Fault.refused_but_done = chosen.faulty
    with Server(chosen.port) as server:
        print(server.configuration(), flush=True)
        server.serve_forever()
