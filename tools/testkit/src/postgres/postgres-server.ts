import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp, realpath } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);
const password = "planted-password";

/** A server of PostgreSQL on loopback, with data of its own that go when it is closed. */
export interface PostgresServer {
  readonly port: number;
  /** With user and password. */
  readonly address: string;
  /** Statements, as one client sends them. @returns rows as lines, values separated by `|`. */
  sql(statements: string): Promise<string>;
  /** Serves with this certificate from now on, to whoever asks for TLS. */
  secure(certificate: { readonly key: string; readonly cert: string }): Promise<void>;
  /** Ends every connection at once, as a crash does. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** The server of the machine's own packages, or why there is none. */
export async function startPostgres(): Promise<{ readonly server: PostgresServer | null; readonly missing: string }> {
  const bin = binaries();
  if (bin === null) return { server: null, missing: "there is no PostgreSQL: apt-get install postgresql-15" };
  const user = userOf();
  if (user === null) return { server: null, missing: "PostgreSQL does not run as root, and there is no other user" };
  try {
    return { server: await serverIn(bin, user), missing: "" };
  } catch (error) {
    return { server: null, missing: `PostgreSQL does not start: ${String(error).split("\n")[0]}` };
  }
}

function binaries(): string | null {
  const base = "/usr/lib/postgresql";
  const versions = existsSync(base) ? readdirSync(base).sort((a, b) => Number(b) - Number(a)) : [];
  const places = [...versions.map((version) => path.join(base, version, "bin")), "/usr/bin", "/usr/local/bin"];
  return places.find((place) => existsSync(path.join(place, "initdb"))) ?? null;
}

/** Who runs the server: whoever runs the tests, and for root the user of the package; `null`: there is none. */
function userOf(): { readonly uid?: number; readonly gid?: number } | null {
  if (process.getuid?.() !== 0) return {};
  try {
    const idOf = (flag: string) =>
      Number(execFileSync("id", [flag, "postgres"], { stdio: ["ignore", "pipe", "ignore"] }));
    return { uid: idOf("-u"), gid: idOf("-g") };
  } catch {
    return null;
  }
}

async function serverIn(bin: string, user: { uid?: number; gid?: number }): Promise<PostgresServer> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "refit-postgres-")));
  const secret = path.join(folder, "password");
  writeFileSync(secret, password);
  if (user.uid !== undefined) for (const each of [folder, secret]) chownSync(each, user.uid, user.gid!);
  const data = path.join(folder, "data");
  const env = { PATH: process.env["PATH"], LC_ALL: "C", TZ: "Asia/Kolkata" };
  const options = { ...user, cwd: folder, env };
  const made = ["-D", data, "-U", "refit", "-A", "scram-sha-256", `--pwfile=${secret}`, "-E", "UTF8", "--no-sync"];
  await execute(path.join(bin, "initdb"), made, options);
  const port = await freePort();
  const address = `postgresql://refit:${password}@127.0.0.1:${port}/postgres`;
  const words = ["-D", data, "-F", "-p", String(port), "-c", "listen_addresses=127.0.0.1", "-k", folder];
  let child: ChildProcess | null = null;

  const sql = async (statements: string) => {
    const asked = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", address, "-c", statements];
    return (await execute(path.join(bin, "psql"), asked, { env, maxBuffer: 1 << 26 })).stdout.trim();
  };
  const secure = async ({ key, cert }: { readonly key: string; readonly cert: string }) => {
    for (const [name, text] of [
      ["server.key", key],
      ["server.crt", cert],
    ] as const) {
      const file = path.join(data, name);
      writeFileSync(file, text, { mode: 0o600 });
      if (user.uid !== undefined) chownSync(file, user.uid, user.gid!);
    }
    await stop();
    if (!words.includes("ssl=on")) words.push("-c", "ssl=on");
    await start();
  };
  const stop = async () => {
    if (child === null || child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGQUIT");
    await ended;
  };
  const start = async () => {
    child = spawn(path.join(bin, "postgres"), words, { ...options, stdio: "ignore" });
    for (let tries = 0; ; tries++) {
      const answers = await sql("SELECT 1").catch(() => null);
      if (answers === "1") return;
      if (tries > 100 || child.exitCode !== null) throw new Error("it does not answer");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const close = async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  await start().catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return { port, address, sql, secure, stop, start, close };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}
