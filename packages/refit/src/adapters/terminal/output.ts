import { AsyncLocalStorage } from "node:async_hooks";
import type { Output } from "../../ports/output.ts";
import type { Naming } from "../../ports/workers.ts";
import { harmless } from "../../text.ts";

type Stream = Pick<NodeJS.WriteStream, "columns" | "isTTY" | "write">;

/**
 * Results on stdout, the rest on stderr, so that `--json` may be piped and its notices are still seen. Progress on a
 * terminal is one line that is overwritten, with all models that are in work; elsewhere a line per stage and quarter.
 */
export function terminalOutput(
  json: boolean,
  { stderr, stdout }: { readonly stderr: Stream; readonly stdout: Pick<Stream, "write"> } = process,
): { readonly out: Output; readonly naming: Naming } {
  const live = stderr.isTTY === true && !json;
  const models = new AsyncLocalStorage<string>();
  /** The last line of progress by model; a command that names none has one. */
  const lines = new Map<string, string>();
  let open = false;

  function clear(): void {
    if (open) stderr.write("\r\u001B[K");
    open = false;
  }

  function named(sentence: string): string {
    const model = models.getStore();
    return model === undefined ? harmless(sentence) : `${harmless(model)}: ${harmless(sentence)}`;
  }

  const out: Output = {
    print(line) {
      clear();
      stdout.write(`${harmless(line)}\n`);
    },
    progress(name, done) {
      const model = models.getStore() ?? "";
      const stage = named(name);
      const percent = done === undefined ? null : Math.floor(done * 100);
      if (live) {
        lines.set(model, `${stage}${percent === null ? "" : ` ${bar(percent, lines.size)}`}`);
        stderr.write(`\r\u001B[K${fitting([...lines.values()].join(" · "), stderr.columns)}`);
        open = true;
        return;
      }
      const line = percent === null ? stage : `${stage} ${percent - (percent % 25)} %`;
      if (line !== lines.get(model)) stderr.write(`${line}\n`);
      lines.set(model, line);
    },
    notice(sentence) {
      clear();
      stderr.write(`note: ${named(sentence)}\n`);
    },
  };
  const naming: Naming = {
    async about(model, work) {
      try {
        return await models.run(model, work);
      } finally {
        lines.delete(model);
      }
    },
  };
  return { out, naming };
}

/** Where several models share the line, the number alone. @param others how many have a place in it. */
function bar(percent: number, others: number): string {
  if (others > 1) return `${percent} %`;
  const filled = Math.round(percent / 5);
  return `${"█".repeat(filled)}${"░".repeat(20 - filled)} ${percent} %`;
}

/** A line that wraps could not be overwritten. */
function fitting(line: string, columns = 80): string {
  return line.length < columns ? line : `${line.slice(0, Math.max(0, columns - 2))}…`;
}
