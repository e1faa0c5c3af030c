/** Every failure we foresee. Anything else that reaches a door is our bug, and is reported as one. */
export abstract class RefitError extends Error {
  /** Stable and greppable; `docs/errors/<code>.md` must exist (a structure test checks). */
  abstract readonly code: string;
  /** What the reader can do now, as one imperative sentence. */
  abstract readonly hint: string;
  /** One name for all; `code` tells them apart and survives a minified bundle. */
  override readonly name = "RefitError";
}
