import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { BacktestResult } from "@refit/core/backtest";

/** A stream of rows, as files of a repository would have them. */
export interface Stream {
  readonly name: string;
  /** CSV, sorted by time, with the header. */
  readonly csv: string;
  readonly target: string;
  readonly time: string;
  /** Share of the rows that are there when `init` looks. */
  readonly known: number;
  /** Days between two nights. */
  readonly everyDays: number;
  readonly labelDelayDays: number;
}

const bin = path.resolve("packages/refit/bin/refit.cjs");

/** What `init` writes for a stream, replayed beside schedules and further policies. */
export interface Replayed {
  readonly result: BacktestResult;
  /** The repositories in which the policies were lived through. */
  readonly repositories: readonly string[];
}

export interface ReplayOptions {
  /** Texts of further policies, by their names. */
  readonly policies: Readonly<Record<string, string>>;
  readonly search: boolean;
}

/** @param use while the repositories are there. */
export async function withReplay<T>(
  stream: Stream,
  { policies, search }: ReplayOptions,
  use: (replayed: Replayed) => Promise<T>,
): Promise<T> {
  const root = mkdtempSync(path.join(tmpdir(), "refit-freshness-"));
  try {
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=bench", "-c", "user.email=bench@localhost", ...args], { cwd: root });
    git("init", "--quiet", "--initial-branch=main");
    const { target, time, everyDays, labelDelayDays } = stream;
    const [head, ...rows] = stream.csv.trimEnd().split("\n") as [string, ...string[]];
    const known = rows.slice(0, Math.round(rows.length * stream.known));
    const data = path.join(root, "data", "stream.csv");
    mkdirSync(path.dirname(data));
    const write = (lines: readonly string[]) => writeFileSync(data, `${[head, ...lines].join("\n")}\n`);

    write(known);
    refit(root, "init", "--data", "data/stream.csv", "--target", target, "--time", time, "--model", "stream");
    write(rows);
    git("add", "--all");
    git("commit", "--quiet", "--message", "What init writes, and the whole stream");
    const files = Object.entries(policies).map(([name, text]) => {
      writeFileSync(path.join(root, `${name}.yaml`), text);
      return path.join(root, `${name}.yaml`);
    });
    const column = head.split(",").indexOf(time);
    const from = new Date(Math.ceil(Date.parse(known.at(-1)!.split(",")[column]!) / 86_400_000) * 86_400_000);
    const asked = ["--from", from.toISOString(), "--every", String(everyDays)];
    const delay = ["--label-delay-days", String(labelDelayDays)];
    const named = files.flatMap((file) => ["--policy", file]);
    const searched = search ? ["--search"] : [];
    const told = refit(root, "backtest", "stream", ...asked, ...delay, ...named, ...searched, "--json");
    const home = path.join(root, ".git", "refit", "backtest", "stream");
    const lived = readdirSync(home, { recursive: true, encoding: "utf8" }).filter((each) =>
      /^[^/]+\/policies\/[^/]+$/.test(each),
    );
    return await use({
      result: JSON.parse(told) as BacktestResult,
      repositories: lived.map((each) => path.join(home, each)),
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function refit(root: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`refit ${args.join(" ")} failed:\n${stdout}${stderr}`);
  return stdout;
}
