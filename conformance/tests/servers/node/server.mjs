#!/usr/bin/env node
// A third reading of the documentation of removeRole, in Node's standard library alone.
//
//     node server.mjs [--port N] [--break]
//
// It prints the configuration that makes `atlas-conformance run --config` judge it, then serves until it
// is killed. All state is in memory. Where the documentation leaves a choice, it chose:
//
// - the only role is refused with 400; a role that the user lacks, known or not, is a 404;
// - path and body are judged first (400), then authentication (401), permission, and a project that
//   isn't there is 403 like one that is hidden;
// - the fullest legal error body; extra fields in every answer; prettyprinted unless pretty=false;
// - chunked answers; media types in odd case, with a parameter; one WWW-Authenticate with both challenges;
// - with envelope=true the status line is 200 but for a 401, which HTTP authentication needs as such;
// - JSON Web Tokens; MD5 alone, with nonces that serve a few requests whose counts must rise;
// - a query flag that is no boolean is ignored; another request media type is, too; a wrong method is an
//   empty 405.
//
// No lock is needed: JavaScript runs one turn at a time, and no operation awaits between its test and its
// change.
//
// With --break it has three faults, all in the constant `fault`:
//
// 1. a removal pauses between its test and its change (breaks roles.never-empty-under-race);
// 2. a role is removed from the user in every project (breaks roles.removes-exactly-one);
// 3. who has used a nonce rightly is believed at its next use without a look (breaks auth.required).
import { createHash, createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: { port: { type: 'string', default: '0' }, break: { type: 'boolean', default: false } },
});
const fault = { pausesInRemoval: options.break, inEveryProject: options.break, trustsUsedNonce: options.break };

const PROJECTS = ['0123456789abcdef01234567', '89abcdef0123456789abcdef'];
const OLD_INVITEE = 'fedcba9876543210fedcba98';
const ROLES = `OWNER CLUSTER_MANAGER STREAM_PROCESSING_OWNER DATA_ACCESS_ADMIN DATA_ACCESS_READ_WRITE
  DATA_ACCESS_READ_ONLY DATABASE_ACCESS_ADMIN BACKUP_MANAGER OBSERVABILITY_VIEWER READ_ONLY
  SEARCH_INDEX_EDITOR`.split(/\s+/).map((name) => `GROUP_${name}`);
const REALM = 'MMS Public API';
const BODY_LIMIT = 100_000;
const USES_OF_A_NONCE = 20;
const VENDOR_TYPE = 'Application/VND.Atlas.2025-02-19+JSON; Charset="UTF-8"';

class Refusal extends Error {
  constructor(status, errorCode, detail, field) {
    super(detail);
    Object.assign(this, { status, errorCode, field });
  }
}
const check = (holds, ...refusal) => {
  if (!holds) throw new Refusal(...refusal);
};

// --- who calls -----------------------------------------------------------------------------------------
const account = (mayChange) => ({
  mayChange,
  client: `mdb_sa_id_${randomBytes(12).toString('hex')}`,
  clientSecret: `mdb_sa_sk_${randomBytes(24).toString('base64url')}`,
  key: randomBytes(4).toString('hex'),
  keySecret: randomUUID(),
});
const owner = account(true);
const reader = account(false);
const accounts = [owner, reader];
const same = (a, b) => timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());

const signingKey = randomBytes(32);
const base64url = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const sign = (text) => createHmac('sha256', signingKey).update(text).digest('base64url');

function issueToken(authorization, form) {
  const [, basic = ''] = /^basic +(\S+)$/i.exec(authorization) ?? [];
  const [client, secret = ''] = Buffer.from(basic, 'base64').toString().split(':');
  const found = accounts.find((one) => one.client === client);
  if (!found || !same(found.clientSecret, secret)) return [401, { error: 'invalid_client', error_description: 'unknown' }];
  if (new URLSearchParams(form).get('grant_type') !== 'client_credentials') return [400, { error: 'unsupported_grant_type' }];
  const claims = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url({ sub: client, exp: Date.now() / 1000 + 3600 })}`;
  return [200, { access_token: `${claims}.${sign(claims)}`, expires_in: 3600, token_type: 'bearer', scope: 'all' }];
}

function bearer(token) {
  const [, claims, signature] = /^([\w-]+\.[\w-]+)\.([\w-]+)$/.exec(token) ?? [];
  if (!claims || !same(sign(claims), signature)) return undefined;
  const { sub, exp } = JSON.parse(Buffer.from(claims.split('.')[1], 'base64url'));
  return exp > Date.now() / 1000 ? accounts.find((one) => one.client === sub) : undefined;
}

const nonces = new Map(); // nonce → the highest count seen
const md5 = (...parts) => createHash('md5').update(parts.join(':')).digest('hex');

function digest(request, rest) {
  const said = Object.fromEntries([...rest.matchAll(/([\w*]+)\s*=\s*(?:"([^"]*)"|([^\s,]+))/g)].map(([, k, q, t]) => [k.toLowerCase(), q ?? t]));
  const found = accounts.find((one) => one.key === said.username);
  if (!found || said.uri !== request.url || said.realm !== REALM || !/^[0-9a-f]{8}$/i.test(said.nc)) return undefined;
  const right = md5(md5(found.key, REALM, found.keySecret), said.nonce, said.nc, said.cnonce, 'auth', md5(request.method, said.uri));
  const trusted = fault.trustsUsedNonce && nonces.get(said.nonce) > 0;
  if (!trusted && !same(right, said.response ?? '')) return undefined;
  const count = parseInt(said.nc, 16);
  if (!(count > nonces.get(said.nonce) && count <= USES_OF_A_NONCE)) return 'stale';
  nonces.set(said.nonce, count);
  return found;
}

function caller(request) {
  const [, scheme = '', rest = ''] = /^(\S+) +(.*)$/.exec(request.headers.authorization ?? '') ?? [];
  const found = { bearer: () => bearer(rest), digest: () => digest(request, rest) }[scheme.toLowerCase()]?.();
  if (found && found !== 'stale') return found;
  throw Object.assign(new Refusal(401, 'UNAUTHORIZED', 'Present valid credentials.'), { stale: found === 'stale' });
}

function challenge(stale) {
  const nonce = randomBytes(18).toString('base64');
  nonces.set(nonce, 0);
  if (nonces.size > 10_000) nonces.delete(nonces.keys().next().value);
  return `bearer realm="${REALM}", DIGEST realm="${REALM}", domain="", nonce="${nonce}", algorithm=MD5, qop="auth", stale=${stale}`;
}

// --- who has which roles -------------------------------------------------------------------------------
const users = new Map(); // id → { id, username, since, roles: project → Set }

function member(project, id) {
  const user = users.get(id);
  check(user?.roles.has(project), 404, 'USER_NOT_IN_GROUP', 'There is no such user in this project.');
  return user;
}

function view(project, { id, username, since, roles }) {
  const time = (days) => new Date(since + days * 86_400_000).toISOString();
  const byStatus = username.includes('+guest@')
    ? { orgMembershipStatus: 'PENDING', invitationCreatedAt: time(0), invitationExpiresAt: time(7), inviterUsername: 'boss@example.com' }
    : { orgMembershipStatus: 'ACTIVE', createdAt: time(-900), lastAuth: time(-1), firstName: 'Zoë', lastName: '日本', country: 'IS' };
  return { teamIds: [], links: [], ...byStatus, roles: [...roles.get(project)].reverse(), id, username };
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const roleIn = (body) => {
  check(isObject(body) && typeof body.groupRole === 'string', 400, 'INVALID_JSON_ATTRIBUTE', 'It must be a string.', 'groupRole');
  return body.groupRole;
};

// Each operation: how to judge its body, whether it changes anything, and what it does.
const operations = {
  'GET users': {
    run: ([project], _, query) => {
      const wanted = query.get('username');
      const found = [...users.values()].filter(({ roles, username }) => roles.has(project) && (!wanted || wanted === username));
      return [200, { results: found.map((user) => view(project, user)), totalCount: found.length }];
    },
  },
  'GET user': { run: ([project, id]) => [200, view(project, member(project, id))] },
  'POST users': {
    changes: true,
    read: (body) => {
      check(isObject(body) && /^[^@\s]+@[^@\s]+$/.test(body.username), 400, 'VALIDATION_ERROR', 'It must be an email address.', 'username');
      const { username, roles } = body;
      check(Array.isArray(roles) && roles.length && roles.every((role) => ROLES.includes(role)), 400, 'VALIDATION_ERROR', 'Unknown role.', 'roles');
      return { username, roles };
    },
    run: ([project], { username, roles }) => {
      const known = [...users.values()].find((user) => user.username === username);
      const user = known ?? { id: randomBytes(12).toString('hex'), username, since: Date.now(), roles: new Map() };
      check(!user.roles.has(project), 409, 'USER_ALREADY_EXISTS', 'The user is in the project.');
      users.set(user.id, user).get(user.id).roles.set(project, new Set(roles));
      return [201, view(project, user)];
    },
  },
  'DELETE user': {
    changes: true,
    run: ([project, id]) => {
      const user = member(project, id);
      user.roles.delete(project);
      if (user.roles.size === 0) users.delete(id);
      return [204];
    },
  },
  'POST user:addRole': {
    changes: true,
    read: roleIn,
    run: ([project, id], role) => {
      const user = member(project, id);
      check(ROLES.includes(role), 400, 'INVALID_ROLE_FOR_GROUP', 'There is no such role.', 'groupRole');
      user.roles.get(project).add(role);
      return [200, view(project, user)];
    },
  },
  'POST user:removeRole': {
    changes: true,
    read: roleIn,
    run: async ([project, id], role) => {
      check(id !== OLD_INVITEE, 409, 'OLD_INVITATION', 'Use the endpoint that invited this user.');
      const user = member(project, id);
      const roles = user.roles.get(project);
      check(roles.has(role), 404, 'ROLE_NOT_FOUND', 'The user has no such role.', 'groupRole');
      check(roles.size > 1, 400, 'CANNOT_REMOVE_ALL_USER_ROLES', 'A user must have at least one role.');
      if (fault.pausesInRemoval) await pause(5);
      for (const [where, held] of user.roles) if (where === project || fault.inEveryProject) held.delete(role);
      return [200, view(project, user)];
    },
  },
};

// --- HTTP ----------------------------------------------------------------------------------------------
async function bodyOf(request) {
  const pieces = [];
  let length = 0;
  for await (const piece of request) if ((length += piece.length) <= BODY_LIMIT) pieces.push(piece); // drained to its end
  check(length <= BODY_LIMIT, 413, 'TOO_LARGE', 'The body is too large.');
  return Buffer.concat(pieces);
}

function parsed(bytes) {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal(400, 'MALFORMED_JSON', 'The body is not JSON.');
  }
}

async function answer(request, path, query) {
  const bytes = await bodyOf(request);
  const authorization = request.headers.authorization ?? '';
  if (path === '/api/oauth/token' && request.method === 'POST') return issueToken(authorization, bytes.toString());
  const [, ...parts] = /^\/api\/atlas\/v2\/groups\/([^/]*)\/users(?:\/([^/:]*)(:\w+)?)?$/.exec(decodeURIComponent(path)) ?? [];
  check(parts.length, 404, 'RESOURCE_NOT_FOUND', 'There is nothing here.');
  const [project, id, verb = ''] = parts;
  const thing = (id === undefined ? 'users' : 'user') + verb;
  const operation = operations[`${request.method} ${thing}`];
  if (!operation) return [405, undefined, { Allow: ['GET', 'POST', 'DELETE'].filter((method) => operations[`${method} ${thing}`]).join(', ') }];
  const ids = id === undefined ? [project] : [project, id];
  ids.forEach((each) => check(/^[0-9a-f]{24}$/.test(each), 400, 'INVALID_PATH_PARAMETER', 'It must be 24 hexadecimal digits.', 'path'));
  const sent = operation.read?.(parsed(bytes));
  const from = caller(request);
  check(PROJECTS.includes(project), 403, 'NOT_IN_GROUP', 'You have no access to this project.');
  check(from.mayChange || !operation.changes, 403, 'ACCESS_FORBIDDEN', 'This needs the role Project Owner.');
  return operation.run(ids, sent, query);
}

function refused(error) {
  const { status, errorCode, message, field, stale } = error instanceof URIError ? new Refusal(400, 'INVALID_PATH', 'Bad escape.') : error;
  const fields = field ? [{ field, description: message }] : [];
  const body = { reason: 'Refused', badRequestDetail: { fields }, detail: message, error: status, errorCode, parameters: fields };
  return [status, body, status === 401 ? { 'WWW-Authenticate': challenge(stale) } : {}];
}

const server = createServer(async (request, response) => {
  const [path, ...rest] = request.url.split('?');
  const query = new URLSearchParams(rest.join('?'));
  let [status, body, headers = {}] = await answer(request, path, query).catch(refused);
  const media = status < 300 && path !== '/api/oauth/token' ? VENDOR_TYPE : 'Application/Json';
  if (query.get('envelope') === 'true' && body) {
    body = { content: body, status };
    if (status !== 401) status = 200;
  }
  response.writeHead(status, { ...(body && { 'content-TYPE': media }), 'X-Request-Id': randomUUID(), ...headers });
  response.end(body && JSON.stringify(body, null, query.get('pretty') === 'false' ? 0 : '\t'));
});

server.listen(Number(options.port), '127.0.0.1', () => {
  const credentials = Object.entries({ owner, reader }).map(([name, one]) => `
[credentials.${name}]
client_id = "${one.client}"
client_secret = "${one.clientSecret}"
[credentials.${name}_key]
public_key = "${one.key}"
private_key = "${one.keySecret}"`);
  console.log(`target = "http://127.0.0.1:${server.address().port}"
group_id = "${PROJECTS[0]}"
other_group_id = "${PROJECTS[1]}"
${credentials.join('')}
[state]
with = "api"
active_username = "{n}@example.com"
pending_username = "{n}+guest@example.com"
deprecated_user_id = "${OLD_INVITEE}"`);
});
