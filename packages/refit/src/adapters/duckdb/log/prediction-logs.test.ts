import { createHmac } from "node:crypto";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  churnVersions,
  compacted,
  joinedWith,
  labelTable,
  limits,
  lineText,
  openLog,
  summed,
  versionA,
  versionB,
  type MadeLine,
} from "./open-log.fixture.ts";
import { duckdbPredictionLogs } from "./prediction-logs.ts";

const at = (day: number, hour: number, second = 0) =>
  `2026-12-${String(day).padStart(2, "0")}T${String(hour).padStart(2, "0")}:00:${String(second).padStart(2, "0")}.000Z`;
const known = (day: number, hour = 0) =>
  `TIMESTAMP '2026-12-${String(day).padStart(2, "0")} ${String(hour).padStart(2, "0")}:00:00'`;
const hour = (n: number, process = n) =>
  `2026-12-01T${String(n % 24).padStart(2, "0")}Z-${process.toString(16).padStart(8, "0")}.jsonl`;

/** Lines of three days; some ids come twice with other contents, on one day and on two. */
const lines: readonly MadeLine[] = Array.from({ length: 42 }, (_, i) => ({
  id: `r${i < 40 ? i % 36 : i - 37}`,
  time: at(1 + (i % 3), i % 24, i),
  p: ((i * 7) % 10) / 10 + 0.05,
  key: `k${i % 8}`,
  version: i % 5 === 0 ? versionB : versionA,
}));
const labels = Array.from({ length: 30 }, (_, i) => `('r${i}', ${i % 3 === 0}, ${known(4 + (i % 5))})`);

async function sumsOf(files: Readonly<Record<string, string>>, rows: readonly string[]) {
  const opened = await openLog();
  const { days, lost } = await compacted(opened, files);
  const table = await labelTable(opened.folder, rows);
  const joined = await joinedWith(opened, days, table);
  return { sums: await summed(joined), joined, lost, days };
}

describe("a prediction log", () => {
  it("gives the same sums whatever the order, the files and the repetitions of lines and labels", async () => {
    const whole = await sumsOf({ [hour(0)]: lines.map(lineText).join("\n") }, labels);
    expect(JSON.parse(whole.sums)).toHaveProperty("2026-12-03");
    expect(whole.joined.days.map(({ answers }) => answers)).toEqual([12, 13, 13]);

    const files = fc.array(fc.shuffledSubarray([...lines.keys()], { minLength: 1 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        files,
        fc.shuffledSubarray([...labels.keys()], { minLength: labels.length }),
        fc.array(fc.nat(labels.length - 1), { maxLength: 5 }),
        async (parts, order, again) => {
          const seen = new Set(parts.flat());
          const rest = [...lines.keys()].filter((i) => !seen.has(i));
          const texts = [...parts, rest].map((part) => part.map((i) => `${lineText(lines[i]!)}\n`).join(""));
          const named = Object.fromEntries(
            texts.map((text, i) => [hour(i * 5, i), `${text}{"format":1,"id":"r1","ti\n`]),
          );
          const mixed = await sumsOf(
            named,
            [...order, ...again].map((i) => labels[i]!),
          );

          expect(mixed.sums).toBe(whole.sums);
          expect(mixed.lost).toBe(texts.length);
        },
      ),
      { numRuns: 8 },
    );
  });

  it("comes to the same in parts, and once more with files that were read before", async () => {
    const whole = await sumsOf({ [hour(0)]: lines.map(lineText).join("\n") }, labels);
    const opened = await openLog();
    const first = { [hour(1)]: `${lines.slice(0, 25).map(lineText).join("\n")}\n` };
    const before = await compacted(opened, first);
    const after = await compacted(
      opened,
      { ...first, [hour(2)]: lines.slice(20).map(lineText).join("\n") },
      before.days,
    );
    const table = await labelTable(opened.folder, labels);
    const joined = await joinedWith(opened, after.days, table);

    expect(await summed(joined)).toBe(whole.sums);
    expect(await opened.log.compacted(after.days.map(({ localPath }) => localPath))).toEqual(after.days);
    expect(after.days.map(({ files }) => files.length)).toEqual([2, 2, 2]);
  });

  it("counts what it cannot read, and reads the rest", async () => {
    const good = lineText({ id: "r1", time: at(1, 9), p: 0.4 });
    const texts = [
      good,
      good.slice(0, 40),
      `${good.slice(0, 50)}${good}`,
      "",
      "[1, 2]",
      "\u0000\u0001",
      lineText({ id: "", time: at(1, 9), p: 0.4 }),
      lineText({ id: "r2", time: "yesterday", p: 0.4 }),
      lineText({ id: "r3", time: "2026-12-01T09:00:00+05:00", p: 0.4 }),
      lineText({ id: "r4", time: at(1, 9), p: 0.4, version: "v1" }),
      `{"format":1,"id":"r5","time":"${at(1, 9)}","model":"churn","version":"${versionA}","input":{},"prediction":{},"microseconds":1}`,
      lineText({ id: "r6", time: at(1, 9), p: 0.4, format: 2 }),
      lineText({ id: "r7", time: at(1, 9), p: 0.4, model: "fraud" }),
      lineText({ id: "r1", time: at(1, 10), p: 0.9 }),
    ];
    const { joined, days, lost } = await sumsOf({ [hour(9)]: texts.join("\n") }, []);

    expect(joined.days).toMatchObject([{ day: "2026-12-01", answers: 1, labelled: 0 }]);
    expect(days[0]!.odd).toEqual({ damaged: 6, newer: 1, foreign: 1, repeated: 1 });
    expect(lost).toBe(3);
  });
});

describe("what is new", () => {
  it("changes the days that it is about, and these come out as if all were read at once", async () => {
    const whole = await sumsOf({ [hour(0)]: lines.map(lineText).join("\n") }, labels);
    const opened = await openLog();
    const isOld = ({ time }: MadeLine) => time < "2026-12-03";
    const before = await compacted(opened, { [hour(1)]: lines.filter(isOld).map(lineText).join("\n") });
    const after = await compacted(opened, {
      [hour(2).replace("12-01", "12-03")]: lines
        .filter((line) => !isOld(line))
        .map(lineText)
        .join("\n"),
    });
    const days = [...before.days, ...after.days];
    const isNew = (i: number) => i % 3 === 0 && i !== 3;
    const files = await Promise.all(
      [labels.filter((_, i) => !isNew(i)), labels.filter((_, i) => isNew(i))].map(async (rows, i) => {
        const file = path.join(opened.folder, `taken-${i}.parquet`);
        await opened.log.takeLabels(await labelTable(opened.folder, rows), file);
        return file;
      }),
    );
    const fresh = { days: new Set(["2026-12-03"]), labels: [files[1]!] };
    const joined = await opened.log.join({ days, labels: files, byKey: false, fresh, versions: churnVersions });

    expect(joined.days.map(({ day }) => day)).toEqual(["2026-12-01", "2026-12-03"]);
    const all = JSON.parse(whole.sums) as Record<string, unknown>;
    expect(JSON.parse(await summed(joined))).toEqual({
      "2026-12-01": all["2026-12-01"],
      "2026-12-03": all["2026-12-03"],
    });
    expect(joined.days[0]!.digest).toBe(whole.joined.days[0]!.digest);
  });
});

describe("labels", () => {
  const two = [
    lineText({ id: "r1", time: at(1, 9), p: 0.4 }),
    lineText({ id: "r2", time: at(2, 9), p: 0.8, version: versionB }),
  ].join("\n");

  it("are about the answer with their id, and belong to the version that gave it", async () => {
    const { joined } = await sumsOf({ [hour(9)]: two }, [`('r1', TRUE, ${known(3)})`, `('r2', FALSE, ${known(5)})`]);
    const arms = [...(await joined.answersOf("2026-12-01")).arms, ...(await joined.answersOf("2026-12-02")).arms];

    expect(arms).toEqual([
      {
        version: versionA,
        arm: null,
        other: null,
        answers: Float64Array.of(0.4),
        otherAnswers: null,
        labels: Float64Array.of(1),
        delays: Float64Array.of(1.625),
      },
      {
        version: versionB,
        arm: null,
        other: null,
        answers: Float64Array.of(0.8),
        otherAnswers: null,
        labels: Float64Array.of(0),
        delays: Float64Array.of(2.625),
      },
    ]);
  });

  it("count once, the newest of them, and are told where they are odd", async () => {
    const { joined } = await sumsOf({ [hour(9)]: two }, [
      `('r1', TRUE, ${known(3)})`,
      `('r1', TRUE, ${known(3)})`,
      `('r1', FALSE, ${known(4)})`,
      `('r2', TRUE, ${known(1)})`,
      `('r9', TRUE, ${known(4)})`,
      `(NULL, TRUE, ${known(4)})`,
      `('r2', NULL, ${known(4)})`,
    ]);

    expect(joined.counts).toEqual({ labels: 7, empty: 2, duplicates: 2, conflicts: 1, early: 1, unmatched: 1 });
    expect(joined.days.map(({ labelled }) => labelled)).toEqual([1, 0]);
    expect((await joined.answersOf("2026-12-01")).arms[0]!.labels).toEqual(Float64Array.of(0));
  });

  it("are about the newest answer of a key before them, whose key may be hashed", async () => {
    const hashed = (key: string) =>
      createHmac("sha256", "s3 cret")
        .update(JSON.stringify([key]))
        .digest("hex");
    const answers = [
      { id: "r1", time: at(1, 9), p: 0.1, key: hashed('c"1\\é') },
      { id: "r2", time: at(2, 9), p: 0.2, key: hashed('c"1\\é') },
      { id: "r3", time: at(3, 9), p: 0.3, key: hashed('c"1\\é') },
      { id: "r4", time: at(1, 9), p: 0.4, key: "c2" },
      { id: "r5", time: at(5, 9), p: 0.5, key: "c3" },
    ];
    const opened = await openLog();
    const { days } = await compacted(opened, { [hour(9)]: answers.map(lineText).join("\n") });
    const rows = [
      `('c"1\\é', TRUE, ${known(3)})`,
      `('c2', TRUE, ${known(3)})`,
      `('c3', TRUE, ${known(3)})`,
      `('c4', TRUE, ${known(3)})`,
    ];
    const table = await labelTable(opened.folder, rows, { key: ["about"], salt: "s3 cret" });
    const joined = await joinedWith(opened, days, table);

    expect(joined.days.map(({ day, labelled }) => [day, labelled])).toEqual([
      ["2026-12-01", 1],
      ["2026-12-02", 1],
      ["2026-12-03", 0],
      ["2026-12-05", 0],
    ]);
    expect(joined.counts).toMatchObject({ early: 1, unmatched: 1 });
  });

  it("stand beside what each of two versions answered, by arm", async () => {
    const both = [
      lineText({ id: "r1", time: at(1, 9), p: 0.4, arm: "champion", other: 0.7 }),
      lineText({ id: "r2", time: at(1, 9), p: 0.8, arm: "canary", other: 0.1, version: versionB }),
      lineText({ id: "r3", time: at(1, 9), p: 0.6, arm: "champion" }),
    ].join("\n");
    const { joined } = await sumsOf({ [hour(9)]: both }, [`('r1', TRUE, ${known(3)})`, `('r2', FALSE, ${known(3)})`]);
    const { arms } = await joined.answersOf("2026-12-01");

    expect(
      arms.map(({ version, arm, other, answers, otherAnswers, labels: of }) => [
        version,
        arm,
        other,
        answers[0],
        otherAnswers?.[0],
        of[0],
      ]),
    ).toEqual([
      [versionA, "champion", versionB, 0.4, 0.7, 1],
      [versionA, "champion", null, 0.6, undefined, NaN],
      [versionB, "canary", versionA, 0.8, 0.1, 0],
    ]);
  });

  it("of versions that nobody knows, and answers that are not theirs, are counted apart", async () => {
    const odd = [
      lineText({ id: "r1", time: at(1, 9), p: 0.4, version: "c".repeat(40) }),
      lineText({ id: "r2", time: at(1, 9), p: 1.4 }),
      lineText({ id: "r3", time: at(1, 9), p: 0.4 }).replace("[0.6,0.4]", "[0.2,0.4,0.4]"),
    ].join("\n");
    const { joined } = await sumsOf({ [hour(9)]: odd }, []);

    expect(await joined.answersOf("2026-12-01")).toEqual({ arms: [], unknownVersion: 1, unfit: 2, unknownClass: 0 });
  });
});

describe("forgetting in a compacted file", () => {
  it("takes out lines of a key, and leaves the file known by what it was made of", async () => {
    const opened = await openLog();
    const { days } = await compacted(opened, { [hour(9)]: lines.map(lineText).join("\n") });
    const [day] = days;
    const wanted = { keys: ["k3", "x"], isBlind: false };
    const there = await duckdbPredictionLogs.forget(day!.localPath, { ...wanted, dryRun: true }, limits);
    expect(there.lines).toBeGreaterThan(0);
    await mkdir(path.join(opened.folder, "other"));
    await writeFile(path.join(opened.folder, "other", "x"), "");

    expect(await duckdbPredictionLogs.forget(day!.localPath, { ...wanted, dryRun: false }, limits)).toEqual(there);
    expect(await duckdbPredictionLogs.forget(day!.localPath, { ...wanted, dryRun: false }, limits)).toEqual({
      lines: 0,
      unreadable: 0,
    });
    expect(await opened.log.compacted([day!.localPath])).toEqual([day]);
    expect((await readdir(opened.folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});
