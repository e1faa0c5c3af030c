import { SourceRefusedError } from "@refit/core/errors";
import type { Client } from "pg";
import type { SourcePatience } from "../remote/patience.ts";
import type { RemoteSource } from "../remote/remote-place.ts";
import type { SourceWorld } from "../source-kind.ts";
import type { DescribedColumn } from "./columns.ts";
import { type AskedPlace, databaseFault } from "./faults.ts";
import { guarded } from "./guarded.ts";
import { begin } from "./statements.ts";

/** Rows as the database writes them. */
export interface QueryAnswer {
  readonly columns: readonly DescribedColumn[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** One statement; the protocol takes no second one. */
export type Ask = (statement: string) => Promise<QueryAnswer>;

export interface Database {
  /**
   * Asks in a transaction that reads only and sees the database as it is when it begins.
   *
   * @throws SourceRefusedError, SourceUnreachableError, PassingFault
   */
  read<T>(source: RemoteSource, work: (ask: Ask) => Promise<T>): Promise<T>;
}

const usualSeconds = 600;
/** Milliseconds that a connection is kept for the next question. */
const idle = 250;

/** One connection for each address, one transaction at a time; it is closed when nobody asks for a while. */
export function database(env: SourceWorld["env"], patience: SourcePatience): Database {
  const lines = new Map<string, OpenLine>();
  return {
    async read(source, work) {
      const asked: AskedPlace = {
        path: source.path,
        connection: source.connection!,
        querySeconds: source.querySeconds ?? usualSeconds,
      };
      const line = lines.get(asked.connection) ?? { busy: Promise.resolve(), client: null, closing: null };
      lines.set(asked.connection, line);
      const done = line.busy.then(() => inTransaction(line, asked, { address: addressOf(asked, env), patience }, work));
      line.busy = done.catch(() => {});
      return done;
    },
  };
}

interface OpenLine {
  /** Ends with what was asked last. */
  busy: Promise<unknown>;
  client: Client | null;
  closing: NodeJS.Timeout | null;
}

interface Reached {
  readonly address: string;
  readonly patience: SourcePatience;
}

async function inTransaction<T>(
  line: OpenLine,
  asked: AskedPlace,
  reached: Reached,
  work: (ask: Ask) => Promise<T>,
): Promise<T> {
  if (line.closing !== null) clearTimeout(line.closing);
  try {
    const client = (line.client ??= await connect(asked, reached));
    await client.query(begin(asked.querySeconds));
    const found = await work((statement) => askOf(client, statement));
    await client.query("COMMIT");
    line.closing = setTimeout(() => close(line), idle);
    return found;
  } catch (error) {
    close(line);
    throw databaseFault(asked, error);
  }
}

function close(line: OpenLine): void {
  const { client } = line;
  line.client = null;
  line.closing = null;
  // Nobody waits for a server that may be gone.
  void client?.end().catch(() => {});
}

async function askOf(client: Client, statement: string): Promise<QueryAnswer> {
  const config = {
    text: statement,
    rowMode: "array" as const,
    queryMode: "extended",
    types: { getTypeParser: () => (text: string) => text },
  };
  const { fields, rows } = await client.query<(string | null)[]>(config);
  const columns = fields.map(({ name, dataTypeID: type, dataTypeModifier: modifier }) => ({ name, type, modifier }));
  return { columns, rows };
}

async function connect(
  { path, connection, querySeconds }: AskedPlace,
  { address, patience }: Reached,
): Promise<Client> {
  const { default: pg } = await import("pg");
  let client: Client;
  try {
    client = guarded(
      new pg.Client({
        connectionString: address,
        application_name: "refit",
        connectionTimeoutMillis: patience.timeoutMs,
        // The server ends a statement itself; this is for one that is gone.
        query_timeout: querySeconds * 1000 + patience.timeoutMs,
        keepAlive: true,
      }),
    );
  } catch (error) {
    throw isOfTheDisk(error) ? certificateFileError(path, connection) : addressError(path, connection);
  }
  client.on("error", () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    void client.end().catch(() => {});
    throw error;
  }
}

/** @throws SourceRefusedError */
function addressOf({ path, connection }: AskedPlace, env: SourceWorld["env"]): string {
  const address = env[connection]?.trim() ?? "";
  if (address === "") {
    const hint = `Set ${connection} in the environment of refit; in a workflow, from a secret, and name it in REFIT_SOURCE_ENV.`;
    throw new SourceRefusedError(path, `the variable ${connection} is not set`, hint);
  }
  if (!/^postgres(?:ql)?:\/\//.test(address) || !URL.canParse(address)) throw addressError(path, connection);
  return address;
}

/** The library reads the files that the address names. */
const isOfTheDisk = (error: unknown) => error instanceof Error && "syscall" in error;

function certificateFileError(path: string, connection: string): SourceRefusedError {
  const why = `a file that the address in ${connection} names cannot be read`;
  const hint = "Check the paths after `sslrootcert=`, `sslcert=` and `sslkey=`: the files have to be on this machine.";
  return new SourceRefusedError(path, why, hint);
}

function addressError(path: string, connection: string): SourceRefusedError {
  const why = `the variable ${connection} does not hold the address of a PostgreSQL database`;
  const hint =
    "It looks like postgresql://user:password@host:5432/database?sslmode=verify-full, with special characters of the password percent-encoded.";
  return new SourceRefusedError(path, why, hint);
}
