import { lookup as systemLookup } from "node:dns";
import {
  Agent as PlainAgent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as plainRequest,
} from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { urlToHttpOptions } from "node:url";
import { SourceRefusedError, SourceUnreachableError } from "@refit/core/errors";
import { PassingFault, type SourcePatience } from "./patience.ts";
import { isPrivateAddress } from "./private-address.ts";

/** What a test may put in place of the network's names and of the rule which addresses are private. */
export interface Network {
  readonly lookup: LookupFunction;
  readonly isPrivate: (address: string) => boolean;
}

const realNetwork: Network = { lookup: systemLookup, isPrivate: isPrivateAddress };

export interface HttpRequest {
  /** As messages name the file; a redirect leads elsewhere. */
  readonly path: string;
  readonly method: "GET" | "HEAD";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly allowPrivate: boolean;
  /** Redirects that are followed; 0: one is an answer like any other. */
  readonly redirects: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** To be read to its end, or destroyed. */
  readonly body: IncomingMessage;
}

export interface HttpClient {
  /** Any status. @throws SourceRefusedError, SourceUnreachableError, PassingFault */
  send(request: HttpRequest): Promise<HttpAnswer>;
}

/**
 * GET and HEAD over connections that only go to addresses which were checked: a name is resolved once, and the address that
 * passed is the one that is connected to. Tokens go to the origin that they were meant for, whatever a redirect says.
 */
export function httpClient({ timeoutMs }: SourcePatience, network: Network = realNetwork): HttpClient {
  const agents = new Map<string, PlainAgent | SecureAgent>();

  /** Connections are kept apart by whether they may lead to private addresses. */
  function agentOf(secure: boolean, allowPrivate: boolean): PlainAgent | SecureAgent {
    const key = `${secure} ${allowPrivate}`;
    const options = { keepAlive: true, maxSockets: 16, timeout: timeoutMs };
    const agent = agents.get(key) ?? (secure ? new SecureAgent(options) : new PlainAgent(options));
    agents.set(key, agent);
    return agent;
  }

  async function sendOnce({ path, method, url, headers, allowPrivate }: HttpRequest): Promise<HttpAnswer> {
    const literal = url.hostname.replace(/^\[(.*)\]$/, "$1");
    if (!allowPrivate && isIP(literal) !== 0 && network.isPrivate(literal)) throw privateError(path);
    const secure = url.protocol === "https:";
    const start = secure ? secureRequest : plainRequest;
    return new Promise((resolve, reject) => {
      const sent = start({
        ...urlToHttpOptions(url),
        method,
        headers: { "user-agent": "refit", accept: "*/*", "accept-encoding": "identity", ...headers },
        agent: agentOf(secure, allowPrivate),
        lookup: checkedLookup(network, allowPrivate, () => privateError(path)),
        timeout: timeoutMs,
      });
      sent.on("timeout", () => sent.destroy(new PassingFault("the server did not answer in time")));
      sent.on("error", (error) => reject(namedFault(path, error)));
      sent.on("response", (body) => resolve({ status: body.statusCode!, headers: body.headers, body }));
      sent.end();
    });
  }

  return {
    async send(request) {
      let { url, headers } = request;
      for (let left = request.redirects; ; left--) {
        const answer = await sendOnce({ ...request, url, headers });
        const { location } = answer.headers;
        if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return answer;
        if (request.redirects === 0) return answer;
        answer.body.destroy();
        if (left <= 0) throw redirectError(request.path, `it redirects more than ${request.redirects} times`);
        const next = redirectTarget(request, url, location);
        if (next.origin !== url.origin) headers = withoutCredentials(headers);
        url = next;
      }
    },
  };
}

function checkedLookup({ lookup, isPrivate }: Network, allowPrivate: boolean, refusal: () => Error): LookupFunction {
  return (hostname, options, callback) =>
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const addresses = Array.isArray(found) ? found : [];
      if (error !== null) return callback(error, []);
      if (!allowPrivate && addresses.some(({ address }) => isPrivate(address))) return callback(refusal(), []);
      if (options.all === true) return callback(null, addresses);
      callback(null, addresses[0]!.address, addresses[0]!.family);
    });
}

/** @throws SourceRefusedError */
function redirectTarget({ path, allowPrivate }: HttpRequest, from: URL, location: string): URL {
  if (!URL.canParse(location, from.href)) throw redirectError(path, "it redirects to something that is not an address");
  const next = new URL(location, from);
  const plain = next.protocol === "http:" && from.protocol === "http:" && allowPrivate;
  if (next.protocol !== "https:" && !plain) throw redirectError(path, "it redirects to an address that is not https:");
  // A password in a redirect is the server's own business, and goes nowhere.
  next.username = "";
  next.password = "";
  return next;
}

function withoutCredentials(headers: HttpRequest["headers"]): HttpRequest["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== "authorization"));
}

function privateError(path: string): SourceRefusedError {
  const why = "its name, or a redirect, leads to an address of a private network or of this machine";
  const hint =
    "If that is meant, add `allowPrivate: true` to the source in the data manifest. Otherwise find out who changed the name or the server.";
  return new SourceRefusedError(path, why, hint);
}

function redirectError(path: string, why: string): SourceRefusedError {
  return new SourceRefusedError(
    path,
    why,
    "Write the address that it leads to, if you trust it, into the data manifest.",
  );
}

/** What Node says of a connection, as an error that names nothing of the answer. */
function namedFault(path: string, error: NodeJS.ErrnoException): Error {
  if (error instanceof SourceRefusedError || error instanceof PassingFault) return error;
  const code = error.code ?? "";
  if (code === "ENOTFOUND")
    return new SourceUnreachableError(path, "there is no server of this name", { cause: error, hint: checkName });
  if (/CERT|SIGNATURE|SSL|TLS/.test(code)) {
    const hint =
      "Repair the certificate of the server; for one of your own, name its authority in NODE_EXTRA_CA_CERTS.";
    return new SourceUnreachableError(path, `its certificate is not accepted (${code})`, { cause: error, hint });
  }
  return new PassingFault(wordsOfCode[code] ?? `the connection failed (${code === "" ? "no reason given" : code})`, {
    cause: error,
  });
}

const checkName = "Check the address in the data manifest, and whether this machine is online.";

const wordsOfCode: Readonly<Record<string, string>> = {
  ECONNRESET: "the connection was closed before the end",
  EPIPE: "the connection was closed before the end",
  ECONNREFUSED: "nothing answers at its address",
  ETIMEDOUT: "the server did not answer in time",
  EAI_AGAIN: "its name cannot be looked up at the moment",
  EHOSTUNREACH: "its network cannot be reached",
  ENETUNREACH: "its network cannot be reached",
};

/** The failure of a body that was being read. */
export function brokenBody(path: string, error: unknown): Error {
  return error instanceof Error ? namedFault(path, error) : new PassingFault("the connection failed");
}

/** A small answer as text. @throws PassingFault where it has more than this many bytes or breaks off. */
export async function readBody(path: string, { body }: HttpAnswer, mostBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > mostBytes) throw new PassingFault("the answer is much longer than it should be");
      chunks.push(chunk);
    }
  } catch (error) {
    body.destroy();
    throw brokenBody(path, error);
  }
  return Buffer.concat(chunks).toString("utf8");
}
