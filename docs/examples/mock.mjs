// A mock of removeRole with a hook for atlas-conformance, in Node's standard library alone.
//
//     node mock.mjs 8080
//
// POST /state is the hook; everything below /api/ is the mock. The token `mock-owner` may do
// everything, `mock-reader` nothing.
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";

const GROUP = "5f1b2c3d4e5f60718293a4b5";
const USER_TYPE = "application/vnd.atlas.2025-02-19+json";
const ROLES = ["GROUP_OWNER", "GROUP_READ_ONLY", "GROUP_BACKUP_MANAGER", "GROUP_CLUSTER_MANAGER",
  "GROUP_DATA_ACCESS_ADMIN"];
const ID = /^[a-f0-9]{24}$/;
const PATH = /^\/api\/atlas\/v2\/groups\/([^/]*)\/users\/([^/]*):removeRole$/;

const users = new Map(); // "groupId userId" -> user

class Refusal extends Error {
  constructor(status, code) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

// What atlas-conformance asks of the hook: docs/provider-states.md.
function hook({ state, action, params }) {
  if (state === "user" && action === "setup") {
    const { groupId, membership, roles, username } = params;
    if (!["ACTIVE", "PENDING"].includes(membership)) {
      throw new Refusal(501, "this mock has no such users");
    }
    const user = { id: randomBytes(12).toString("hex"), username, roles: [...roles],
      orgMembershipStatus: membership };
    Object.assign(user, membership === "PENDING"
      ? { invitationCreatedAt: "2025-02-19T00:00:00Z", invitationExpiresAt: "2025-03-21T00:00:00Z",
          inviterUsername: "owner@example.com" }
      : { createdAt: "2025-02-19T00:00:00Z", firstName: "Ada", lastName: "L" });
    users.set(`${groupId} ${user.id}`, user);
    return { groupId, userId: user.id, username, roles };
  }
  const key = `${params.groupId} ${params.userId}`;
  const user = users.get(key);
  if (!user) throw new Refusal(404, "no such user");
  if (state === "user" && action === "teardown") {
    users.delete(key);
    return {};
  }
  if (state !== "roles-of") throw new Refusal(501, "this hook knows no such state");
  if (action === "setup") user.roles = [...params.roles];
  return { userId: params.userId, roles: user.roles };
}

function removeRole(group, userId, token, body) {
  if (!["mock-owner", "mock-reader"].includes(token)) throw new Refusal(401, "UNAUTHORIZED");
  if (!ID.test(group) || !ID.test(userId)) throw new Refusal(400, "INVALID_PATH_PARAMETER");
  if (group !== GROUP) throw new Refusal(404, "GROUP_NOT_FOUND");
  if (token !== "mock-owner") throw new Refusal(403, "ACCESS_FORBIDDEN");
  let role;
  try {
    role = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body)).groupRole;
  } catch {
    throw new Refusal(400, "MALFORMED_JSON");
  }
  if (typeof role !== "string") throw new Refusal(400, "MALFORMED_JSON");
  if (!ROLES.includes(role)) throw new Refusal(400, "INVALID_ENUM_VALUE");
  // No await from here on: nothing comes between the count and the change.
  const user = users.get(`${group} ${userId}`);
  if (!user) throw new Refusal(404, "USER_NOT_FOUND");
  if (!user.roles.includes(role)) throw new Refusal(400, "USER_LACKS_ROLE");
  if (user.roles.length === 1) throw new Refusal(403, "CANNOT_REMOVE_ALL_USER_ROLES");
  user.roles = user.roles.filter((held) => held !== role);
  return user;
}

function decoded(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return "";
  }
}

function respond(request, body) {
  const [path, query = ""] = request.url.split("?", 2);
  if (path === "/state") {
    try {
      return { status: 200, mediaType: "application/json", payload: hook(JSON.parse(body)) };
    } catch (error) {
      const payload = { error: String(error.message) };
      return { status: error.status ?? 400, mediaType: "application/json", payload };
    }
  }
  const parameters = new URLSearchParams(query);
  let answer;
  try {
    if (request.method !== "POST") throw new Refusal(405, "METHOD_NOT_ALLOWED");
    const match = PATH.exec(path);
    if (!match) throw new Refusal(404, "RESOURCE_NOT_FOUND");
    const [scheme, token] = (request.headers.authorization ?? "").split(" ", 2);
    const ids = match.slice(1).map(decoded);
    const payload = removeRole(...ids, scheme === "Bearer" ? token : undefined, body);
    answer = { status: 200, mediaType: USER_TYPE, payload };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const payload = { error: error.status, errorCode: error.code, parameters: [] };
    answer = { status: error.status, mediaType: "application/json", payload };
  }
  if (parameters.get("envelope") === "true") {
    answer.payload = { status: answer.status, content: answer.payload };
  }
  return { ...answer, indent: parameters.get("pretty") === "true" ? 2 : undefined };
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const { status, mediaType, payload, indent } = respond(request, Buffer.concat(chunks));
    const headers = { "Content-Type": mediaType };
    if (status === 401) headers["WWW-Authenticate"] = "Bearer";
    response.writeHead(status, headers).end(JSON.stringify(payload, null, indent));
  });
});
server.listen(Number(process.argv[2]), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
