import { redact, RefitError, SourceRefusedError, SourceUnreachableError } from "@refit/core/errors";
import { brokenBody } from "../remote/http-client.ts";
import { PassingFault } from "../remote/patience.ts";

/** Which entry of a manifest was asked, and by which variable. */
export interface AskedPlace {
  readonly path: string;
  readonly connection: string;
  readonly querySeconds: number;
}

/**
 * What a database or its connection says, as an error that holds nothing secret. Of the server's own words only those are told
 * that speak of the names in the query; others can hold values, users and addresses, so that they are no cause either.
 */
export function databaseFault(asked: AskedPlace, error: unknown): Error {
  if (error instanceof RefitError || error instanceof PassingFault) return error;
  if (!(error instanceof Error)) return new PassingFault("the connection failed");
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) && "severity" in error)
    return serverFault(asked, code, error);
  return connectionFault(asked, error);
}

function serverFault({ path, connection, querySeconds }: AskedPlace, code: string, { message }: Error): Error {
  const refused = (why: string, hint: string) => new SourceRefusedError(path, why, hint);
  const inAddress = `Correct the address in ${connection}.`;
  if (code.startsWith("28")) return refused("the database refuses the user or the password", inAddress);
  if (code === "3D000") return refused("there is no database of this name", inAddress);
  if (code === "42501") {
    const hint = "Grant the role USAGE on the schema and SELECT on what the query reads; it needs nothing else.";
    return refused(`the database refuses the query: ${named(message)}`, hint);
  }
  if (code === "57014") return timeError(path, querySeconds);
  if (code === "25006") return refused("its query would change the database", "Write a SELECT that only reads.");
  if (/^(?:42|0A)/.test(code))
    return refused(`the database refuses the query: ${named(message)}`, "Correct the `query` in the data manifest.");
  if (/^(?:08|53|57P|40)/.test(code) || code === "55000") return new PassingFault(`the database answered ${code}`);
  const hint =
    "Try the query in the database's own client: its message is not repeated here, since it can hold values.";
  return refused(`the database refuses the query with the code ${code}`, hint);
}

/** Messages of classes 42 and 0A speak of relations, columns, functions and syntax: words of the query. */
function named(message: string): string {
  return redact(message.replace(/\s+/g, " ")).slice(0, 200);
}

export function timeError(path: string, querySeconds: number): Error {
  const hint = `Put an index on the \`cursor\`, make the query cheaper, or raise \`querySeconds: ${2 * querySeconds}\` in the data manifest.`;
  return new SourceUnreachableError(path, `a statement did not end within ${querySeconds} seconds`, { hint });
}

function connectionFault({ path, connection, querySeconds }: AskedPlace, error: Error): Error {
  const { message } = error;
  if (message === "Query read timeout") return timeError(path, querySeconds);
  if (/timeout expired|Connection terminated|Client has encountered a connection error/i.test(message))
    return new PassingFault("the connection was closed before the end");
  if (/does not support SSL/i.test(message)) {
    const hint = `Turn on TLS at the server; inside of a private network only, end the address in ${connection} with ?sslmode=disable.`;
    return new SourceRefusedError(path, "the server speaks no TLS, which its address asks for", hint);
  }
  if (/SASL|password must be/i.test(message))
    return new SourceRefusedError(
      path,
      "the database asks for a password",
      `Put it into the address in ${connection}.`,
    );
  const told = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  const fault = brokenBody(path, told);
  // What a library throws may have the address in it.
  if (fault instanceof PassingFault) return new PassingFault(fault.message);
  const reason = told instanceof Error && "code" in told ? String(told.code) : "no reason given";
  return /CERT|SIGNATURE|SSL|TLS/.test(reason) ? certificateError(path, connection, reason) : fault;
}

function certificateError(path: string, connection: string, code: string): SourceUnreachableError {
  const hint = /ALTNAME/.test(code)
    ? `Use the host name of its certificate in ${connection}, or get a certificate for the name that you use.`
    : /EXPIRED|NOT_YET/.test(code)
      ? "Give the server a certificate that is valid today, and check the clock of this machine."
      : `Name the authority that signed it: \`sslmode=verify-full&sslrootcert=/path/ca.pem\` at the end of the address in ${connection}.`;
  return new SourceUnreachableError(path, `its certificate is not accepted (${code})`, { hint });
}
