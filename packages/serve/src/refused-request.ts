import type { InputInvalidError } from "@refit/runtime";

/** What a refused request is told; docs/serve.md lists the codes. */
export interface RefusalWords {
  readonly code: string;
  readonly message: string;
  /** What to do, as a sentence. */
  readonly hint?: string;
}

type Status = 400 | 404 | 405 | 413 | 415 | 422 | 500 | 503;

/** A request that is not answered, and why. */
export class RefusedRequest extends Error {
  readonly status: Status;
  readonly words: RefusalWords;
  /** The message without names of columns, for callers who are strangers. */
  readonly briefMessage: string;
  readonly headers: Readonly<Record<string, string>> = {};

  constructor(status: Status, code: string, message: string, briefMessage = message) {
    super(message);
    this.status = status;
    this.words = { code, message };
    this.briefMessage = briefMessage;
  }
}

/** Rows of a kind that a version does not take. */
export class RowsRefused extends RefusedRequest {
  override readonly words: RefusalWords;

  constructor(words: RefusalWords) {
    super(422, words.code, words.message, "Rows of this kind are not accepted.");
    this.words = words;
  }
}

/** A method that a path does not answer. */
export class MethodRefused extends RefusedRequest {
  override readonly headers: Readonly<Record<string, string>>;

  /** @param allowed those that it does answer */
  constructor(path: string, allowed: string) {
    super(405, "no-such-method", `${path} accepts ${allowed} only.`);
    this.headers = { allow: allowed };
  }
}

export function bodyInvalid(message: string): RefusedRequest {
  return new RefusedRequest(400, "body-invalid", message);
}

/** The client has gone away, or the line was cut. */
export function bodyCut(): RefusedRequest {
  return bodyInvalid("The connection ended before the body did.");
}

export function bodyTooLarge(mostBytes: number): RefusedRequest {
  return new RefusedRequest(413, "body-too-large", `The body has more than ${mostBytes} bytes. Send fewer rows.`);
}

export function tookTooLong(): RefusedRequest {
  return new RefusedRequest(503, "took-too-long", "The request timed out. Send fewer rows.");
}

/** How an error is written: as refit does, or as clients of another protocol read it. */
export type Dialect = "refit" | "oip" | "mlflow";

/** What a refused request is answered. */
interface AnsweredRefusal {
  readonly status: Status;
  readonly body: object;
  readonly headers: RefusedRequest["headers"];
}

/**
 * The answer to whatever was thrown.
 *
 * @param brief tells no columns, types and names, for services whose callers are strangers.
 */
export function refusalAnswer(error: unknown, dialect: Dialect, brief: boolean): AnsweredRefusal {
  if (isInputInvalid(error)) {
    const { code, problems } = error;
    const message = brief ? "The rows do not fit the model." : error.message;
    const details = brief || dialect !== "refit" ? {} : { hint: error.hint, problems };
    return { status: 422, body: written({ code, message, ...details }, dialect), headers: {} };
  }
  if (error instanceof RefusedRequest) {
    const { status, headers } = error;
    const words = brief ? { code: error.words.code, message: error.briefMessage } : error.words;
    return { status, body: written(words, dialect), headers };
  }
  // What went wrong inside is for the log, not for callers.
  const words = { code: "internal", message: "The server failed at this request; its log says why." };
  return { status: 500, body: written(words, dialect), headers: {} };
}

/** By its code: the runtime brings the class itself only where rows are refused. */
export const isInputInvalid = (error: unknown): error is InputInvalidError =>
  (Object(error) as Partial<InputInvalidError>).code === "input-invalid";

function written(words: RefusalWords, dialect: Dialect): object {
  if (dialect === "oip") return { error: words.message, code: words.code };
  if (dialect === "mlflow") return { error_code: words.code, message: words.message };
  return { error: words };
}
