import { execFile } from "node:child_process";
import { access, realpath } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { redact } from "@refit/core/errors";
import { npmEnvironment, type ProcessEnvironment } from "./child-environment.ts";
import { InputError } from "./input-error.ts";

const execute = promisify(execFile);

/** npm asks a registry that does not answer for 71 seconds by itself, and waits for one that is silent for 15 minutes. */
const patience = [
  "--fetch-retries=2",
  "--fetch-retry-mintimeout=1000",
  "--fetch-retry-maxtimeout=5000",
  "--fetch-timeout=60000",
];

export interface NpmRequest {
  /** Holds package.json and its lockfile. */
  readonly home: string;
  readonly cache: string;
  readonly env: ProcessEnvironment;
  /** After this long it is ended. */
  readonly limitSeconds: number;
}

/** Installs by the lockfile, and runs no script of any package. @throws InputError */
export async function installByLockfile({ home, cache, env, limitSeconds }: NpmRequest): Promise<void> {
  const npm = await findNpm(env);
  const flags = ["--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--prefer-offline", ...patience];
  const child = {
    cwd: home,
    env: npmEnvironment(env),
    maxBuffer: 16 * 1024 * 1024,
    timeout: limitSeconds * 1000,
    killSignal: "SIGKILL" as const,
  };
  try {
    await execute(process.execPath, [npm, "ci", ...flags, `--cache=${cache}`], child);
  } catch (error) {
    throw new InputError(
      `The packages that refit needs could not be installed: ${why(error as NpmFailure, limitSeconds)}.`,
      "Run the job again; if it fails again, set `npm_config_registry` to a registry that this runner can reach, or install refit into the workspace in an earlier step.",
    );
  }
}

type NpmFailure = Error & { readonly stderr?: string; readonly killed?: boolean };

function why({ message, stderr = "", killed = false }: NpmFailure, limitSeconds: number): string {
  if (killed) return `npm did not end within ${limitSeconds} seconds`;
  const lines = stderr.split("\n").map((line) => line.replace(/^npm (?:error|ERR!) ?/, ""));
  const stack = lines.findIndex((line) => /^\s+at /.test(line));
  const said = lines.slice(0, stack === -1 ? 5 : Math.min(stack, 5)).join(" ");
  return redact(said.trim() || message).replace(/\.$/, "");
}

/** npm as a JavaScript file, so that no shell is needed to start it, also not on Windows. */
async function findNpm(env: ProcessEnvironment): Promise<string> {
  const folders = (env["PATH"] ?? env["Path"] ?? "").split(path.delimiter).filter(path.isAbsolute);
  for (const folder of folders) {
    const script = await realpath(path.join(folder, "npm")).catch(() => null);
    if (script?.endsWith("npm-cli.js")) return script;
    const beside = path.join(folder, "node_modules", "npm", "bin", "npm-cli.js");
    if (script !== null && (await exists(beside))) return beside;
  }
  throw new InputError(
    "refit is not installed in the workspace, and npm is not available to install it. Add a step `uses: actions/setup-node`.",
  );
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
