import { createHmac } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { startGit } from "@refit/testkit";
import { answerProblem } from "@refit/testkit/answers";
import { temporaryFolder } from "@refit/testkit/folders";
import { answerSchemas, publishedSchema, type MonitorAnswer } from "@refit/core/answers";
import { armsOfDay, readDayFile } from "../../../core/src/production/day-file.ts";
import { expect, it } from "vitest";
import type { Flags } from "../../src/commands/command.ts";
import { refitProcess } from "./support/cli.ts";
import { championScene, type Scene } from "./support/scene.ts";

const salt = "pepper";
const outcomes = {
  sources: [{ path: "data/outcomes/*.csv" }],
  schema: {
    fields: [
      { name: "request", type: "string" },
      { name: "customer", type: "string" },
      { name: "left", type: "boolean" },
      { name: "known", type: "datetime" },
    ],
  },
  sensitive: ["customer"],
};
const labels = { data: "outcomes", id: "request", time: "known" };

interface Answer {
  readonly id: string;
  readonly hour: string;
  readonly p: number;
}
const answers: readonly Answer[] = Array.from({ length: 60 }, (_, i) => ({
  id: `r${i}`,
  hour: `2026-06-0${2 + (i % 3)}T${String(8 + (i % 5)).padStart(2, "0")}`,
  p: 0.05 + (i % 10) / 11,
}));

function lineOf({ id, hour, p }: Answer, version: string): string {
  const key = createHmac("sha256", salt)
    .update(JSON.stringify([`cust-${id}`]))
    .digest("hex");
  const prediction = { class: p >= 0.5, probabilities: [1 - p, p] };
  return `${JSON.stringify({ format: 1, id, time: `${hour}:10:00.000Z`, model: "churn", version, key, input: { plan: "secret-plan" }, prediction, microseconds: 5 })}\n`;
}

/** Lines by the name of their file, for a process. */
function filesOf(some: readonly Answer[], version: string, process: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const one of some) {
    const name = `${one.hour}Z-${process}.jsonl`;
    files.set(name, (files.get(name) ?? "") + lineOf(one, version));
  }
  return files;
}

async function writeLog(root: string, files: ReadonlyMap<string, string>): Promise<string> {
  const folder = path.join(root, "answers", "churn");
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(root, "answers", ".gitignore"), "*\n");
  for (const [name, text] of files) await writeFile(path.join(folder, name), text);
  return folder;
}

const labelLine = (i: number) => `r${i},cust-r${i},${i % 10 >= 4},2026-06-0${5 + (i % 4)}T06:00:00Z`;
const labelsCsv = (rows: readonly number[]) => `request,customer,left,known\n${rows.map(labelLine).join("\n")}\n`;
const first40 = Array.from({ length: 40 }, (_, i) => i);

async function monitored(
  more: object = {},
  rows = first40,
): Promise<{ readonly scene: Scene; readonly version: string }> {
  const scene = await championScene({ spec: { key: "customer", labels, ...more } });
  await scene.land({ "data-manifests/outcomes.yaml": outcomes, "data/outcomes/1.csv": labelsCsv(rows) });
  scene.at("2026-06-10T03:00:00Z");
  return { scene, version: await scene.git("rev-parse", "main:models/churn/champion") };
}

type Known = Extract<MonitorAnswer[number], { readonly versions: unknown }>;

async function monitor(scene: Scene, flags: Flags = {}): Promise<Known> {
  const { stdout } = await scene.refit("monitor", ["churn"], { log: "answers", json: true, ...flags });
  return (JSON.parse(stdout) as [Known])[0];
}

/** Day files of the remote's ledger, by day. */
async function ledgerDays(scene: Scene): Promise<Map<string, string>> {
  await scene.git("fetch", "--quiet", "origin", "refit-ledger");
  const names = (await scene.git("ls-tree", "-r", "--name-only", "FETCH_HEAD", "production/"))
    .split("\n")
    .filter(Boolean);
  const days = new Map<string, string>();
  for (const name of names) days.set(name, await scene.git("show", `FETCH_HEAD:${name}`));
  return days;
}

const countsOf = (known: Known) => known.versions.map(({ answers: given, labelled }) => [given, labelled]);

/** The sums without what they were made of. */
const sumsOf = (days: ReadonlyMap<string, string>) =>
  [...days].map(([name, text]) => [name, JSON.stringify(armsOfDay(readDayFile(name, text)))]);

it("reads answers and labels once, and puts days of counts on the ledger, without keys or values", async () => {
  const { scene, version } = await monitored();
  const folder = await writeLog(scene.root, filesOf(answers, version, "0a1b2c3d"));

  const known = await monitor(scene);

  expect(known).toMatchObject({ model: "churn", days: { first: "2026-06-02", last: "2026-06-04" }, openFiles: 0 });
  expect(known.changed).toEqual(["2026-06-02", "2026-06-03", "2026-06-04"]);
  expect(known.versions).toMatchObject([{ version, number: 1, arm: null, answers: 60, labelled: 40 }]);
  const { schema } = answerSchemas.find(({ name }) => name === "monitor")!;
  expect(answerProblem(JSON.parse(JSON.stringify(publishedSchema("monitor", schema))), [known])).toBeNull();
  expect(known.live.versions[0]!.windows.map(({ rows }) => rows)).toEqual([40]);
  const rocAuc = known.versions[0]!.metrics.find(({ metric }) => metric === "rocAuc")!;
  expect(rocAuc.value).toBe(1);
  expect((await readdir(folder)).map((name) => name.replace(/[0-9a-f]{16}/, "…")).sort()).toEqual([
    "2026-06-02-….parquet",
    "2026-06-03-….parquet",
    "2026-06-04-….parquet",
    "labels-….parquet",
  ]);
  const days = await ledgerDays(scene);
  expect([...days.keys()]).toEqual(known.changed.map((day) => `production/churn/${day}.json`));
  const everything = JSON.stringify([known, ...days.values()]);
  for (const secret of ["cust-", "secret-plan", "r17", createHmac("sha256", salt).update('["cust-r1"]').digest("hex")])
    expect(everything).not.toContain(secret);

  const ledger = await scene.git("rev-parse", "FETCH_HEAD");
  expect(await monitor(scene)).toMatchObject({ changed: [], versions: known.versions });
  await ledgerDays(scene);
  expect(await scene.git("rev-parse", "FETCH_HEAD")).toBe(ledger);

  await scene.land({ "data/outcomes/2.csv": labelsCsv([40, 41, 43]) });
  const later = await monitor(scene);
  expect(later.changed).toEqual(["2026-06-03", "2026-06-04"]);
  expect(countsOf(later)).toEqual([[60, 43]]);
});

it("comes to the same bytes from other files, in other parts, and without its caches", async () => {
  const one = await monitored();
  await writeLog(one.scene.root, filesOf(answers, one.version, "0a1b2c3d"));
  await monitor(one.scene);

  const other = await monitored();
  await writeLog(other.scene.root, filesOf(answers.slice(0, 35).toReversed(), other.version, "00000001"));
  await monitor(other.scene);
  await writeLog(other.scene.root, filesOf(answers.slice(20), other.version, "00000002"));
  await rm(path.join(other.scene.root, ".git/refit/cache"), { recursive: true });
  await monitor(other.scene);

  expect(sumsOf(await ledgerDays(other.scene))).toEqual(sumsOf(await ledgerDays(one.scene)));
});

it("loses nothing where it was killed between writing and removing, or its caches are damaged", async () => {
  const { scene, version } = await monitored();
  const files = filesOf(answers, version, "0a1b2c3d");
  const folder = await writeLog(scene.root, files);
  await monitor(scene);
  const before = await ledgerDays(scene);
  const [kept] = await readdir(folder);
  await writeLog(scene.root, files);
  await writeFile(path.join(folder, `${kept}.box.1.00aabbccddee.tmp`), "half");
  await writeFile(path.join(scene.root, ".git/refit/cache/production/churn.json"), "damaged");

  expect(await monitor(scene)).toMatchObject({ changed: [] });
  expect(await ledgerDays(scene)).toEqual(before);
  expect((await readdir(folder)).filter((name) => name.endsWith(".jsonl"))).toEqual([]);
});

it("of two monitors at once, which have other parts of the log, nothing is lost", async () => {
  const { scene, version } = await monitored();
  const { env, remote } = scene.repository;
  const clones = await Promise.all(
    ["00000001", "00000002", "00000003"].map(async (process, i) => {
      const root = path.join(await temporaryFolder(), "clone");
      await startGit(["clone", "--quiet", remote!, root], { cwd: scene.root, env });
      await writeLog(
        root,
        filesOf(
          answers.filter((_, place) => Math.floor(place / 3) % 3 === i),
          version,
          process,
        ),
      );
      return { root, env };
    }),
  );
  const words = ["monitor", "churn", "--log", "answers", "--push", "--json", "--now", scene.now()];

  const ended = await Promise.all(clones.map((clone) => refitProcess(clone, words)));

  expect(ended.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual(ended.map(({ stderr }) => [0, stderr]));
  const parts = [...(await ledgerDays(scene))].map(([name, text]) => readDayFile(name, text).parts.length);
  expect(parts).toEqual([3, 3, 3]);
  await scene.git("fetch", "--quiet", "origin");
  expect(countsOf(await monitor(scene, {}))).toEqual([[60, 40]]);
});

it("looks at the work tree and changes nothing in a dry run, and shows the ledger without a log", async () => {
  const { scene, version } = await monitored();
  const folder = await writeLog(scene.root, filesOf(answers, version, "0a1b2c3d"));
  const names = await readdir(folder);
  await scene.write("data/outcomes/2.csv", labelsCsv([40, 41]));

  const dry = await monitor(scene, { "dry-run": true });

  expect(dry.changed).toHaveLength(3);
  expect(countsOf(dry)).toEqual([[60, 42]]);
  expect(await readdir(folder)).toEqual(names);
  expect(await scene.git("branch", "--list", "refit-ledger", "--format", "%(objectname)")).toBe(
    await scene.git("rev-parse", "origin/refit-ledger"),
  );
  const { stdout, exitCode } = await scene.refit("monitor", ["churn"], {});
  expect({ stdout, exitCode }).toEqual({
    stdout: expect.stringContaining("churn: no answers are known."),
    exitCode: 0,
  });
});

it("finds labels by the key, and takes a key out of a compacted log", async () => {
  const { scene, version } = await monitored({ labels: { data: "outcomes", key: true, time: "known" } });
  await writeLog(scene.root, filesOf(answers, version, "0a1b2c3d"));
  const withSalt = { ...scene.repository, env: { ...scene.repository.env, REFIT_LOG_SALT: salt } };

  const ended = await refitProcess(withSalt, ["monitor", "churn", "--log", "answers", "--json", "--now", scene.now()]);
  expect(countsOf((JSON.parse(ended.stdout) as [Known])[0])).toEqual([[60, 40]]);

  const forgot = await refitProcess(withSalt, [
    "log",
    "forget",
    "answers",
    "--key",
    "cust-r7",
    "--json",
    "--now",
    scene.now(),
  ]);
  expect(JSON.parse(forgot.stdout)).toEqual({ lines: 1, oldFiles: 0, open: [], unreadable: 0 });
  const again = await refitProcess(withSalt, [
    "log",
    "forget",
    "answers",
    "--key",
    "cust-r7",
    "--json",
    "--now",
    scene.now(),
  ]);
  expect(JSON.parse(again.stdout)).toMatchObject({ lines: 0 });
});

it.each<[what: string, change: object, code: string, words: RegExp]>([
  ["a manifest that is missing", { data: "outcome" }, "manifest-missing", /data-manifests\/outcome\.yaml/],
  ["a column that is missing", { id: "reqest" }, "column-missing", /"reqest".*labels\.id.*Did you mean "request"/s],
  ["a time that is none", { time: "customer" }, "time-type", /time: customer/],
])("says what is wrong with %s", async (_what, change, code, words) => {
  const { scene, version } = await monitored({ labels: { ...labels, ...change } });
  await writeLog(scene.root, filesOf(answers, version, "0a1b2c3d"));

  await expect(monitor(scene)).rejects.toMatchObject({ code, message: expect.stringMatching(words) });
});

it("does not use labels whose data have errors, and says so", async () => {
  const { scene, version } = await monitored();
  await scene.land({
    "data/outcomes/2.csv": "request,customer,left,known\nr50,cust-r50,perhaps,2026-06-09T00:00:00Z\n",
  });
  await writeLog(scene.root, filesOf(answers, version, "0a1b2c3d"));

  const { stdout, exitCode } = await scene.refit("monitor", ["churn"], { log: "answers" });

  expect(exitCode).toBe(3);
  expect(stdout).toContain("error wrong-type");
});

it("reads files whose hour is over only", async () => {
  const { scene, version } = await monitored();
  scene.at("2026-06-04T11:30:00Z");
  const folder = await writeLog(scene.root, filesOf(answers, version, "0a1b2c3d"));

  const known = await monitor(scene);

  expect(known.openFiles).toBe(2);
  const left = (await readdir(folder)).filter((name) => name.endsWith(".jsonl"));
  expect(left).toHaveLength(2);
  expect(await readFile(path.join(folder, left[0]!), "utf8")).toContain('"id"');
});
