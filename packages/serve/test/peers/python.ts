import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "@refit/testkit";
import { pythonTool } from "@refit/testkit/python";

/** Exact versions from PyPI of the clients that tests send requests with, and of the tool that tests the description. */
const packages = [
  "tritonclient[http]==2.73.0",
  "mlflow-skinny==3.17.2",
  "pandas==3.1.1",
  "schemathesis==4.32.5",
  "openapi-spec-validator==0.9.0",
];

export const peers = await pythonTool("serve", packages);
/** For the name of a test. */
export const skipped = peers.python === null ? ` (SKIPPED: ${peers.missing})` : "";

/** Runs a script of this folder. @returns what it printed @throws with what it said on stderr */
export async function printedBy(script: string, input: unknown): Promise<string> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(peers.python!, [file], {
    // Some write what they remember to where they are started.
    cwd: await temporaryFolder(),
    env: { ...process.env, PYTHONUTF8: "1" },
  });
  const ended = once(child, "close");
  child.stdin.end(JSON.stringify(input));
  const [out, said] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`${script} ended with ${code}:\n${out}${said}`);
  return out;
}
