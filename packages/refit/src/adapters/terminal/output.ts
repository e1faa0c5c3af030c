import { AsyncLocalStorage } from "node:async_hooks";
import type { Output } from "../../ports/output.ts";
import type { Naming } from "../../ports/workers.ts";
import { harmless } from "../../text.ts";

type Stream = Pick<NodeJS.WriteStream, "columns" | "isTTY" | "write">;

interface TerminalPlace {
  readonly stderr: Stream;
  readonly stdout: Stream;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Results on stdout, the rest on stderr, so that `--json` may be piped and its notices are still seen. Progress on a
 * terminal is one line that is overwritten, with all models that are in work; elsewhere a line per stage and quarter.
 */
export function terminalOutput(
  json: boolean,
  { stderr, stdout, env = {} }: TerminalPlace = process,
): { readonly out: Output; readonly naming: Naming } {
  const live = stderr.isTTY === true && !json;
  const models = new AsyncLocalStorage<{ readonly model: string; readonly isAlone: boolean }>();
  /** How far each model is; a command that names none is one. */
  const stages = new Map<string, Stage>();
  /** In a log: beginnings of stages, by model. A table that is opened once more is no news. */
  const begun = new Map<string, Set<string>>();
  let open = false;

  function clear(): void {
    if (open) stderr.write("\r\u001B[K");
    open = false;
  }

  /** @param always also where there is no other model that it could be about. */
  function named(sentence: string, always = false): string {
    const current = models.getStore();
    const isNamed = current !== undefined && (always || !current.isAlone);
    return isNamed ? `${harmless(current.model)}: ${harmless(sentence)}` : harmless(sentence);
  }

  async function about<T>(model: string, isAlone: boolean, work: () => Promise<T>): Promise<T> {
    try {
      return await models.run({ model, isAlone }, work);
    } finally {
      stages.delete(model);
      begun.delete(model);
    }
  }

  const out: Output = {
    ...widthOf(stdout, env),
    print(line) {
      clear();
      stdout.write(`${harmless(line)}\n`);
    },
    progress(name, done) {
      const model = models.getStore()?.model ?? "";
      const before = stages.get(model);
      const stage = { name: named(name, live), percent: done === undefined ? null : Math.floor(done * 100) };
      stages.set(model, stage);
      if (live) {
        const all = [...stages.values()];
        const line = all.length === 1 ? all.map(withBar) : all.map(withPercent);
        stderr.write(`\r\u001B[K${fitting(line.join(" · "), stderr.columns)}`);
        open = true;
        return;
      }
      const line = byQuarters(stage);
      if (before !== undefined && line === byQuarters(before)) return;
      if ((stage.percent ?? 0) < 25 && isKnown(begun, model, line)) return;
      stderr.write(`${line}\n`);
    },
    notice(sentence) {
      clear();
      stderr.write(`note: ${named(sentence)}\n`);
    },
  };
  const naming: Naming = {
    about: (model, work) => about(model, false, work),
    alone: (model, work) => about(model, true, work),
  };
  return { out, naming };
}

/** A pipe or a log has no width, unless `COLUMNS` gives it one, as for git. */
function widthOf(
  { isTTY, columns }: Stream,
  { COLUMNS: asked = "" }: NonNullable<TerminalPlace["env"]>,
): Pick<Output, "width"> {
  if (isTTY === true) return { width: columns };
  return /^[1-9]\d{0,4}$/.test(asked) ? { width: Number(asked) } : {};
}

/** Whether the line was said of the model before; from now on it was. */
function isKnown(said: Map<string, Set<string>>, model: string, line: string): boolean {
  const lines = said.get(model) ?? new Set<string>();
  said.set(model, lines);
  return lines.size === lines.add(line).size;
}

interface Stage {
  readonly name: string;
  /** `null`: nobody knows. */
  readonly percent: number | null;
}

function withBar({ name, percent }: Stage): string {
  if (percent === null) return name;
  const filled = Math.round(percent / 5);
  return `${name} ${"█".repeat(filled)}${"░".repeat(20 - filled)} ${percent} %`;
}

const withPercent = ({ name, percent }: Stage) => (percent === null ? name : `${name} ${percent} %`);

const byQuarters = ({ name, percent }: Stage) =>
  withPercent({ name, percent: percent === null ? null : percent - (percent % 25) });

/** A line that wraps could not be overwritten. */
function fitting(line: string, columns = 80): string {
  return line.length < columns ? line : `${line.slice(0, Math.max(0, columns - 2))}…`;
}
