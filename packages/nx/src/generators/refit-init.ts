import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * What `refit init` of the workspace would write, by path from the root. It reads the data and decides; the Tree of Nx writes.
 *
 * @throws Error with the words of refit, where it refuses.
 */
export async function filesOfInit(root: string, words: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const said = await answerOf(commandIn(root), ["init", ...words, "--dry-run", "--json"], root);
  return JSON.parse(said) as Record<string, string>;
}

function commandIn(root: string): string {
  try {
    const { resolve } = createRequire(join(root, "package.json"));
    return join(resolve("refit/package.json"), "../bin/refit.cjs");
  } catch (cause) {
    throw new Error(`refit is not installed in ${root}: install its package beside @refit/nx.`, { cause });
  }
}

/** @returns stdout; notices and progress go to this process's stderr. */
async function answerOf(command: string, words: readonly string[], cwd: string): Promise<string> {
  const child = spawn(process.execPath, [command, ...words], { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr, code] = await Promise.all([
    textOfStream(child.stdout),
    textOfStream(child.stderr),
    new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve)),
  ]);
  if (code !== 0) throw new Error(wordsOf(stdout) ?? stderr.trim());
  process.stderr.write(stderr);
  return stdout;
}

/** What went wrong and what to do, as `--json` says it; `null`: it does not, such as where Node could not start. */
function wordsOf(stdout: string): string | null {
  try {
    const { error } = JSON.parse(stdout) as { readonly error: { readonly message: string; readonly hint: string } };
    return `${error.message}\n${error.hint}`;
  } catch {
    return null;
  }
}

async function textOfStream(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}
