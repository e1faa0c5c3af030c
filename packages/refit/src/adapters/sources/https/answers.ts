import type { IncomingHttpHeaders } from "node:http";
import { SourceRefusedError } from "@refit/core/errors";
import type { HttpAnswer } from "../remote/http-client.ts";
import { PassingFault } from "../remote/patience.ts";

/**
 * Says what an answer without data means. Nothing of its body is shown: it may repeat what we sent.
 *
 * @param token the name of the variable that the token came from; `null`: none was sent.
 * @throws PassingFault, SourceRefusedError
 */
export function throwByStatus(path: string, { status, headers, body }: HttpAnswer, token: string | null): never {
  body.destroy();
  const said = `the server answered ${status}`;
  if (status === 408 || status === 425 || status === 429 || status >= 500 || status === 304 || status === 416) {
    throw new PassingFault(said, { retryAfter: secondsOf(headers["retry-after"]) });
  }
  if (status === 401 || status === 403 || status === 407) throw new SourceRefusedError(path, said, rightsHint(token));
  throw new SourceRefusedError(path, said, "Open the address in a browser to see what the server expects.");
}

function rightsHint(token: string | null): string {
  return token === null
    ? "If it needs a token, put it into an environment variable and name that in the data manifest: `token: NAME`."
    : `Check that the token in ${token} is still valid, and that it may read this file.`;
}

function secondsOf(retryAfter: string | undefined): number | null {
  return retryAfter !== undefined && /^\d{1,5}$/.test(retryAfter) ? Number(retryAfter) : null;
}

export function bytesOf(headers: IncomingHttpHeaders): number | null {
  const length = headers["content-length"];
  return length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : null;
}

/** Which part of a file a 206 brings. @throws PassingFault */
export function rangeOf(headers: IncomingHttpHeaders): { readonly from: number; readonly total: number } {
  const [, from, total] = /^bytes (\d{1,15})-\d+\/(\d{1,15})$/.exec(headers["content-range"] ?? "") ?? [];
  if (from === undefined) throw new PassingFault("the server sent a part without saying which");
  return { from: Number(from), total: Number(total) };
}

/** @throws SourceRefusedError for what is not the file's own bytes: packed on the way, or a page that asks to log in. */
export function requirePlain(path: string, headers: IncomingHttpHeaders): void {
  const { "content-encoding": encoding, "content-type": type } = headers;
  if (encoding !== undefined && encoding !== "" && encoding !== "identity") {
    const hint =
      "Turn off compression for this file on the server; refit asks for it with `Accept-Encoding: identity`.";
    throw new SourceRefusedError(path, "the server compresses the file on the way, though it was asked not to", hint);
  }
  if (/^\s*(?:text\/html|application\/xhtml)/i.test(type ?? "")) {
    const hint =
      "Open the address in a browser: it may need a token, or be a page about the file instead of the file itself.";
    throw new SourceRefusedError(path, "the server sends a web page instead of the file", hint);
  }
}
