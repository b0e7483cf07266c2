#!/usr/bin/env python3
"""A mock of removeRole with a hook for atlas-conformance, in Python's standard library alone.

    python3 mock.py 8080

POST /state is the hook; everything below /api/ is the mock. The token `mock-owner` may do
everything, `mock-reader` nothing.
"""
import json
import re
import secrets
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

GROUP = "5f1b2c3d4e5f60718293a4b5"
USER_TYPE = "application/vnd.atlas.2025-02-19+json"
ROLES = ["GROUP_OWNER", "GROUP_READ_ONLY", "GROUP_BACKUP_MANAGER", "GROUP_CLUSTER_MANAGER",
         "GROUP_DATA_ACCESS_ADMIN"]
ID = re.compile(r"[a-f0-9]{24}")
PATH = re.compile(r"/api/atlas/v2/groups/([^/]*)/users/([^/]*):removeRole")

users = {}  # (groupId, userId) -> user
lock = threading.Lock()  # from the count of the roles until the change is stored


class Refusal(Exception):
    def __init__(self, status, code):
        super().__init__(code)
        self.status, self.code = status, code


def hook(request):
    """What atlas-conformance asks of the hook: docs/provider-states.md."""
    state, action, params = request["state"], request["action"], request["params"]
    with lock:
        if (state, action) == ("user", "setup"):
            if params["membership"] not in ("ACTIVE", "PENDING"):
                raise Refusal(501, "this mock has no such users")
            user = {"id": secrets.token_hex(12), "username": params["username"],
                    "roles": list(params["roles"]), "orgMembershipStatus": params["membership"]}
            if params["membership"] == "PENDING":
                user |= {"invitationCreatedAt": "2025-02-19T00:00:00Z",
                         "invitationExpiresAt": "2025-03-21T00:00:00Z",
                         "inviterUsername": "owner@example.com"}
            else:
                user |= {"createdAt": "2025-02-19T00:00:00Z", "firstName": "Ada", "lastName": "L"}
            users[params["groupId"], user["id"]] = user
            return {"groupId": params["groupId"], "userId": user["id"],
                    "username": user["username"], "roles": user["roles"]}
        key = params["groupId"], params["userId"]
        if key not in users:
            raise Refusal(404, "no such user")
        if (state, action) == ("user", "teardown"):
            del users[key]
            return {}
        if (state, action) == ("roles-of", "setup"):
            users[key]["roles"] = list(params["roles"])
        elif (state, action) != ("roles-of", "read"):
            raise Refusal(501, "this hook knows no such state")
        return {"userId": key[1], "roles": users[key]["roles"]}


def remove_role(group, user_id, token, body):
    if token not in ("mock-owner", "mock-reader"):
        raise Refusal(401, "UNAUTHORIZED")
    if not ID.fullmatch(group) or not ID.fullmatch(user_id):
        raise Refusal(400, "INVALID_PATH_PARAMETER")
    if group != GROUP:
        raise Refusal(404, "GROUP_NOT_FOUND")
    if token != "mock-owner":
        raise Refusal(403, "ACCESS_FORBIDDEN")
    try:
        role = json.loads(body.decode("utf-8"))["groupRole"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise Refusal(400, "MALFORMED_JSON") from None
    if role not in ROLES:
        raise Refusal(400, "INVALID_ENUM_VALUE")
    with lock:
        user = users.get((group, user_id))
        if user is None:
            raise Refusal(404, "USER_NOT_FOUND")
        if role not in user["roles"]:
            raise Refusal(400, "USER_LACKS_ROLE")
        if len(user["roles"]) == 1:
            raise Refusal(403, "CANNOT_REMOVE_ALL_USER_ROLES")
        user["roles"].remove(role)
        return dict(user, roles=list(user["roles"]))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def body(self):
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        chunks = []
        while size := int(self.rfile.readline().partition(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass  # trailers
        return b"".join(chunks)

    def do_POST(self):
        body = self.body()
        url = urlsplit(self.path)
        if url.path == "/state":
            try:
                return self.answer(200, "application/json", hook(json.loads(body)))
            except Refusal as refusal:
                return self.answer(refusal.status, "application/json", {"error": refusal.code})
        query = {name: values[-1] for name, values in parse_qs(url.query).items()}
        media_type = USER_TYPE
        try:
            match = PATH.fullmatch(url.path)
            if not match:
                raise Refusal(404, "RESOURCE_NOT_FOUND")
            scheme, _, token = self.headers.get("Authorization", "").partition(" ")
            ids = map(unquote, match.groups())
            status, payload = 200, remove_role(*ids, token if scheme == "Bearer" else None, body)
        except Refusal as refusal:
            status, media_type = refusal.status, "application/json"
            payload = {"error": status, "errorCode": refusal.code, "parameters": []}
        if query.get("envelope") == "true":
            payload = {"status": status, "content": payload}
        self.answer(status, media_type, payload, 2 if query.get("pretty") == "true" else None)

    def refuse_method(self):
        self.body()
        self.answer(405, "application/json", {"error": 405, "errorCode": "METHOD_NOT_ALLOWED"})

    do_GET = do_HEAD = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = refuse_method

    def answer(self, status, media_type, value, indent=None):
        text = json.dumps(value, indent=indent).encode()
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(text)))
        if status == 401:
            self.send_header("WWW-Authenticate", "Bearer")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
