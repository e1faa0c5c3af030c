import { quoted } from "./name-words.ts";
import { RefitError } from "./refit-error.ts";

// The address of a source holds nothing secret, and no part of an answer or of a redirect's target gets into a message.

/** Neither the data nor a refusal came back, however often we asked. */
export class SourceUnreachableError extends RefitError {
  readonly code = "source-unreachable";
  readonly hint: string;
  readonly path: string;

  /** @param why a clause, such as `the connection was reset`. */
  constructor(path: string, why: string, options?: ErrorOptions & { readonly hint?: string }) {
    super(`${shown(path)} cannot be read: ${why}.`, options);
    this.path = path;
    this.hint = options?.hint ?? "Nothing was changed. Run again when the server answers; what was downloaded is kept.";
  }
}

/** The place is there and does not give us the data. */
export class SourceRefusedError extends RefitError {
  readonly code = "source-refused";
  readonly hint: string;
  readonly path: string;

  /** @param why a clause, such as `the server answered 403`. */
  constructor(path: string, why: string, hint: string, options?: ErrorOptions) {
    super(`${shown(path)} cannot be read: ${why}.`, options);
    this.path = path;
    this.hint = hint;
  }
}

/** The bytes are not those that this version had before, or that its own digest promises; none of them is used. */
export class SourceAlteredError extends RefitError {
  readonly code = "source-altered";
  readonly hint =
    "Find out who replaced the file, or what damages it on the way, and publish the data under a new name or version.";
  readonly path: string;

  /** @param how a clause, such as `its sha256 is …, and was …`. */
  constructor(path: string, how: string, options?: ErrorOptions) {
    super(`${shown(path)} has other bytes than its version says: ${how}.`, options);
    this.path = path;
  }
}

const shown = (path: string) => quoted(path, 300);
