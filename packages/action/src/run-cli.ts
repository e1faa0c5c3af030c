import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import type { Cli } from "./find-cli.ts";

export interface Ended {
  /** `null`: ended by a signal. */
  readonly exitCode: number | null;
  readonly stdout: string;
}

/**
 * Runs the command without a shell. What it says on stderr is shown at once, with workflow commands switched off: a
 * training script, or a column's name, must not be able to speak to the runner.
 */
export function runCli(cli: Cli, args: readonly string[], options: { cwd: string; env: Record<string, string> }) {
  return quoted(
    (show) =>
      new Promise<Ended>((resolve, reject) => {
        const child = spawn(process.execPath, [cli.file, ...args], { ...options, stdio: ["ignore", "pipe", "pipe"] });
        const stdout: Buffer[] = [];
        child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
        child.stderr.on("data", show);
        child.on("error", reject);
        child.on("close", (exitCode) => resolve({ exitCode, stdout: Buffer.concat(stdout).toString() }));
      }),
  );
}

/** Shows lines that may hold data. */
export async function showLines(lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  await quoted(async (show) => show(Buffer.from(`${lines.join("\n")}\n`)));
}

async function quoted<T>(work: (show: (bytes: Uint8Array) => void) => Promise<T>): Promise<T> {
  const word = randomUUID();
  let last = 10;
  process.stdout.write(`::stop-commands::${word}\n`);
  try {
    return await work((bytes) => {
      last = bytes.at(-1) ?? last;
      process.stdout.write(bytes);
    });
  } finally {
    process.stdout.write(`${last === 10 ? "" : "\n"}::${word}::\n`);
  }
}
