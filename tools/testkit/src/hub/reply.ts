/** What a route answers. `undefined` as body: an empty answer. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface FieldError {
  readonly resource: string;
  readonly code: string;
  readonly field?: string;
  readonly message?: string;
}

/** Ends a request with GitHub's error shape. */
export class Refusal extends Error {
  readonly reply: Reply;

  constructor(status: number, message: string, errors?: readonly FieldError[]) {
    super(message);
    this.reply = {
      status,
      body: {
        message,
        ...(errors === undefined ? {} : { errors }),
        documentation_url: "https://docs.github.com/rest",
        status: String(status),
      },
    };
  }
}

export function notFound(): Refusal {
  return new Refusal(404, "Not Found");
}

/** 422 as GitHub words it for a field that breaks a rule. */
export function invalid(error: FieldError): Refusal {
  return new Refusal(422, "Validation Failed", [error]);
}

export function ok(body: unknown): Reply {
  return { status: 200, body };
}

export function created(body: unknown): Reply {
  return { status: 201, body };
}

export const noContent: Reply = { status: 204 };
