import { appendFileSync, mkdirSync } from "node:fs";
import { loadavg } from "node:os";
import path from "node:path";
import { type Measured, words } from "./measure.ts";
import { lehmer } from "./random.ts";
import { createWorkspace, type Usage, type Workspace } from "./workspace.ts";

const days = 100;
const firstDay = Date.parse("2026-01-01T00:00:00Z");
const day = 86_400_000;
const hour = 3_600_000;

/**
 * `refit monitor` over a log of many answers whose labels came, from its lines as a server wrote them on; then with one more day of answers and
 * labels. What the gits take is not in it.
 */
export function benchMonitor(answers: number): Measured[] {
  const workspace = createWorkspace();
  try {
    const version = promoted(workspace);
    const perDay = Math.round(answers / days);
    for (let i = 0; i < days; i++) writeDay(workspace, { version, perDay, number: i });
    const first = monitored(workspace, days);
    const again = monitored(workspace, days);
    writeDay(workspace, { version, perDay, number: days });
    const more = monitored(workspace, days + 1);
    const what = `\`refit monitor\` of ${answers.toLocaleString("en")} answers and a tenth as many labels`;
    return [
      row(`${what}, read for the first time`, first, null, "60 s and 2 GiB"),
      row(`${what}, with nothing new`, again, first, "–"),
      row(`${what}, with one more day`, more, first, "0.03"),
    ];
  } finally {
    workspace.remove();
  }
}

type Spent = Usage & { readonly wall: number };

function row(what: string, spent: Spent, against: Spent | null, bar: string): Measured {
  const tell = ({ cpu, wall, peakMiB }: Spent) =>
    `${words(cpu)} of processor time, ${words(wall)}, ${Math.round(peakMiB)} MiB (load ${loadavg()[0]!.toFixed(1)})`;
  return {
    what,
    refit: tell(spent),
    against: against === null ? "–" : words(against.cpu),
    ratio: against === null ? null : spent.cpu / against.cpu,
    bar,
    runs: 1,
  };
}

function monitored(workspace: Workspace, number: number): Spent {
  const now = new Date(firstDay + number * day + 3 * hour).toISOString();
  const started = performance.now();
  const { cpu, peakMiB } = workspace.refitWithUsage(["monitor", "m", "--log", "answers", "--now", now, "--json"]);
  return { cpu, peakMiB, wall: performance.now() - started };
}

/** @returns the tree id of the only version. */
function promoted(workspace: Workspace): string {
  const model = {
    task: "binary",
    data: "m",
    target: "bought",
    positive: 1,
    time: "day",
    labels: { data: "outcomes", id: "request", time: "known" },
    candidates: [{ learner: "linear" }],
    holdout: { fraction: 0.2, minRows: 30 },
    metrics: { primary: "rocAuc", also: ["logLoss"] },
    gates: [{ metric: "rocAuc", min: 0.5 }],
  };
  const fields = [
    { name: "request", type: "string" },
    { name: "bought", type: "integer" },
    { name: "known", type: "datetime" },
  ];
  workspace.write("models/m/model.yaml", JSON.stringify(model));
  workspace.write(
    "data-manifests/m.yaml",
    JSON.stringify({ sources: [{ path: "data/m.csv" }], checks: { minRows: 50 } }),
  );
  workspace.write(
    "data-manifests/outcomes.yaml",
    JSON.stringify({ sources: [{ path: "outcomes/*.csv" }], schema: { fields } }),
  );
  workspace.write(".gitignore", "outcomes/\nanswers/\n");
  workspace.write("data/m.csv", trainingRows(400));
  workspace.commitAll("A model");
  workspace.refit(["run", "m", "--now", "2025-12-30T03:00:00Z"]);
  workspace.git(["merge", "--quiet", "--no-edit", "refit--m"]);
  return workspace.git(["rev-parse", "HEAD:models/m/champion"]).trim();
}

function trainingRows(rows: number): string {
  const random = lehmer(7);
  const lines = Array.from({ length: rows }, (_, i) => {
    const x = random();
    const date = new Date(firstDay - (rows - i) * hour).toISOString().slice(0, 10);
    return `${date},${x.toFixed(4)},${random() < x ? 1 : 0}`;
  });
  return `day,x,bought\n${lines.join("\n")}\n`;
}

interface WrittenDay {
  readonly version: string;
  readonly perDay: number;
  readonly number: number;
}

/** The answers of a day, by hour, and the labels that came on it: a tenth of the answers, one to three days old. */
function writeDay({ root }: Workspace, { version, perDay, number }: WrittenDay): void {
  const folder = path.join(root, "answers/m");
  mkdirSync(folder, { recursive: true });
  const random = lehmer(number + 1);
  const date = new Date(firstDay + number * day).toISOString().slice(0, 10);
  const perHour = Math.round(perDay / 24);
  for (let h = 0; h < 24; h++) {
    const name = `${date}T${String(h).padStart(2, "0")}Z-0a1b2c3d.jsonl`;
    const lines: string[] = [];
    for (let i = 0; i < perHour; i++) {
      const p = Number(random().toFixed(6));
      const time = new Date(firstDay + number * day + h * hour + Math.floor((i / perHour) * hour)).toISOString();
      const input = {
        x: p,
        plan: "basic",
        hours: Math.floor(random() * 100),
        region: "north-west",
        age: Math.floor(random() * 80),
      };
      const prediction = { class: p >= 0.5 ? 1 : 0, probabilities: [Number((1 - p).toFixed(6)), p] };
      lines.push(
        JSON.stringify({
          format: 1,
          id: idOf(number, h, i),
          time,
          model: "m",
          version,
          input,
          prediction,
          microseconds: 31,
        }),
      );
    }
    appendFileSync(path.join(folder, name), `${lines.join("\n")}\n`);
  }
  mkdirSync(path.join(root, "outcomes"), { recursive: true });
  const labels: string[] = [];
  for (let h = 0; h < 24; h++) {
    for (let i = 0; i < perHour; i += 10) {
      const of = number - 1 - Math.floor(random() * 3);
      if (of >= 0) labels.push(`${idOf(of, h, i)},${random() < 0.5 ? 1 : 0},${date}T12:00:00Z`);
    }
  }
  if (labels.length === 0) return;
  appendFileSync(path.join(root, `outcomes/${date}.csv`), `request,bought,known\n${labels.join("\n")}\n`);
}

/** As long as a UUID, and as hard to compress. */
function idOf(number: number, h: number, i: number): string {
  let state = (number * 24 + h) * 1_000_003 + i + 1;
  let text = "";
  for (let part = 0; part < 4; part++) {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + part * 374_761_393) >>> 0;
    text += state.toString(16).padStart(8, "0");
  }
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
}
