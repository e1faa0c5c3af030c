import { constants } from "node:buffer";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { decodeText } from "../../src/text.ts";
import { learnerIn, requestOf, rowsOf, type Setting } from "./programs.ts";

const job = `const fs = require("node:fs");
const job = JSON.parse(fs.readFileSync(process.env.REFIT_JOB, "utf8"));
const model = (text, name = "model.txt") => fs.writeFileSync(job.model + "/" + name, text);
`;
/** Answers with what the model says, whatever the row. */
const predict = `${job}
const rows = fs.readFileSync(job.rows, "utf8").split("\\n").filter((line) => line !== "" && !line.startsWith("break")).length - 1;
fs.writeFileSync(job.predictions, "prediction\\n" + (fs.readFileSync(job.model + "/model.txt", "utf8") + "\\n").repeat(rows));
`;
const train = `${job} model("0.25");`;

/** A program in place of one of two that do their part. */
const trains = (text: string) => ({ "train.js": `${job}${text}`, "predict.js": predict });
const predicts = (text: string) => ({ "train.js": train, "predict.js": `${job}${text}` });
const answers = (text: string) => predicts(`fs.writeFileSync(job.predictions, ${text});`);

/** Job folders lie in a folder of this test's own. */
const machine = mkdtempSync(path.join(tmpdir(), "refit-test-jobs-"));
const usual = process.env["TMPDIR"];
beforeAll(() => void (process.env["TMPDIR"] = machine));
afterAll(() => {
  if (usual === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = usual;
  rmSync(machine, { recursive: true });
});

/** Processes of this machine whose command line has a word in it. */
function running(word: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(word);
    } catch {
      return false;
    }
  });
}

describe("a program that trains and predicts", () => {
  it("makes a version that answers, and sees the rows as they were prepared", async () => {
    const { learner, lines } = learnerIn();
    const show = `${job} console.log(JSON.stringify(fs.readFileSync(job.train, "utf8").split("\\n").slice(0, 4)));
      console.log("progress 0.5"); model("0.25");`;
    const done: number[] = [];
    const request = requestOf({ "train.js": show, "predict.js": predict });

    const artifact = await learner.fit({ ...request, onProgress: (at) => done.push(at) });
    const answered = await (await learner.load(artifact)).predict(rowsOf(6).features);

    expect([...artifact.keys()]).toEqual(["code/train.js", "code/predict.js", "command.json", "model/model.txt"]);
    expect([...answered]).toEqual([0.25, 0.25, 0.25, 0.25, 0.25, 0.25]);
    expect(done).toEqual([0.5]);
    const header = 'x,"word, of the day",ok,at,n,churned';
    const rows = ["0,,false,1970-01-01T00:00:00.000Z,0,yes", "0.3333333333333333,a,true,1970-01-02T00:00:00.000Z,1,no"];
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!.slice("train: ".length))).toMatchObject([header, ...rows, expect.any(String)]);
  });

  it("is started when its rows are written and what it waits for has ended, and says so then", async () => {
    const { learner } = learnerIn();
    const request = requestOf({ "train.js": train, "predict.js": predict });
    const told: string[] = [];
    let go: () => void = () => {};
    const after = new Promise<void>((done) => (go = done));
    const isWritten = () =>
      readdirSync(machine).some((folder) => readdirSync(path.join(machine, folder)).includes("train.csv"));

    const fitted = learner.fit({ ...request, after, onStarted: () => told.push("started") });
    await vi.waitUntil(isWritten);
    await new Promise((done) => setTimeout(done, 100));
    expect(told).toEqual([]);
    go();
    await fitted;
    expect(told).toEqual(["started"]);

    const failed = Promise.reject(new Error("the trial"));
    failed.catch(() => {});
    await expect(learner.fit({ ...request, after: failed })).rejects.toThrow("the trial");
    expect(readdirSync(machine)).toEqual([]);
  });

  it("gets no validation rows where it stops by nothing, and what it settles all the same decides nothing", async () => {
    const { learner } = learnerIn();
    const tell = `${job} const seen = [job.validation, process.env.REFIT_VALIDATION ?? null, fs.readdirSync(job.model + "/..").toSorted().join()];
      model(JSON.stringify(seen)); model('{"rounds":3}', "settled.json");`;
    const request = requestOf({ "train.js": tell, "predict.js": predict }, { validation: false });

    const artifact = await learner.fit(request);

    expect(JSON.parse(decodeText(artifact.get("model/model.txt")!))).toEqual([
      null,
      null,
      "code,job.json,model,tmp,train.csv",
    ]);
    expect(learner.settle(request.settings, artifact)).toEqual(request.settings);
    expect(learner.ignoresValidation!(request.settings)).toBe(true);
  });

  it("gets no label where it predicts", async () => {
    const { learner } = learnerIn();
    const tell = `${job} const seen = JSON.stringify(fs.readdirSync(job.model + "/..")) + fs.readFileSync(job.rows, "utf8").split("\\n")[0];
      if (/churned|weight|train\\.csv/.test(seen)) process.exit(3);
      fs.writeFileSync(job.predictions, "prediction\\n0.5\\n0.5\\n");`;
    const artifact = await learner.fit(requestOf({ "train.js": train, "predict.js": tell }));

    expect([...(await (await learner.load(artifact)).predict(rowsOf(2).features))]).toEqual([0.5, 0.5]);
  });

  it("reads Parquet with the types of the columns", async () => {
    const { learner } = learnerIn();
    const magic = `${job} model(String(fs.readFileSync(job.train).subarray(0, 4) == "PAR1" && job.rowsFormat === "parquet" ? 0.5 : 2));`;
    const counts = `${job} fs.writeFileSync(job.predictions, "prediction\\n" + "0.5\\n".repeat(3));`;
    const artifact = await learner.fit(requestOf({ "train.js": magic, "predict.js": counts }, { rows: "parquet" }));

    expect(decodeText(artifact.get("model/model.txt")!)).toBe("0.5");
    expect(await (await learner.load(artifact)).predict(rowsOf(3).features)).toHaveLength(3);
  });

  it("trains again with what it settled", async () => {
    const { learner } = learnerIn();
    const settles = `${job} model("0.5"); model(JSON.stringify({ trees: 12 }), "settled.json"); model(String(job.settings.trees), "trees.txt");`;
    const request = requestOf({ "train.js": settles, "predict.js": predict }, { settings: { trees: 100, rate: 0.1 } });

    const first = await learner.fit(request);
    const again = await learner.fit({ ...request, settings: learner.settle(request.settings, first) });

    expect([first, again].map((files) => decodeText(files.get("model/trees.txt")!))).toEqual(["100", "12"]);
  });

  it("gets the model to go on from, as it was written, in copies that it cannot change", async () => {
    const { learner } = learnerIn();
    const text = `${job} const from = job.champion === null ? null : fs.readdirSync(job.champion, { recursive: true }).sort();
      const isFile = (name) => fs.statSync(job.champion + "/" + name).isFile();
      const modes = from && from.filter(isFile).map((name) => fs.statSync(job.champion + "/" + name).mode & 0o777);
      fs.mkdirSync(job.model + "/deep"); fs.writeFileSync(job.model + "/deep/w.txt", "7");
      model(JSON.stringify([from, modes, process.env.REFIT_CHAMPION === (job.champion ?? undefined)]));`;
    const request = requestOf({ "train.js": text, "predict.js": predict }, { start: "warm" });

    const first = await learner.fit(request);
    const second = await learner.fit({ ...request, start: first });

    const told = (files: typeof first) => JSON.parse(decodeText(files.get("model/model.txt")!)) as unknown;
    expect(told(first)).toEqual([null, null, true]);
    expect(told(second)).toEqual([["deep", "deep/w.txt", "model.txt"], [0o444, 0o444], true]);
    expect(readdirSync(machine)).toEqual([]);
  });

  it("may be a line of awk", async () => {
    const { learner } = learnerIn();
    const request = requestOf(
      {},
      {
        train: [
          "awk",
          "-F,",
          'NR > 1 { n++; if ($NF == "yes") yes++ } END { print yes / n > ENVIRON["REFIT_MODEL"] "/share" }',
          "rows",
        ],
        predict: ["awk", "x"],
      },
    );
    const trainLine =
      'BEGIN { while ((getline line < ENVIRON["REFIT_TRAIN"]) > 0) { n++; if (line ~ /,yes$/) yes++ } print yes / (n - 1) > (ENVIRON["REFIT_MODEL"] "/share") }';
    const predictLine =
      'BEGIN { getline share < (ENVIRON["REFIT_MODEL"] "/share"); print "prediction" > ENVIRON["REFIT_PREDICTIONS"]; getline line < ENVIRON["REFIT_ROWS"]; while ((getline line < ENVIRON["REFIT_ROWS"]) > 0) if (line !~ /^break/) print share > ENVIRON["REFIT_PREDICTIONS"] }';
    const settings = { ...request.settings, train: ["awk", trainLine], predict: ["awk", predictLine] };

    const artifact = await learner.fit({ ...request, settings });
    const answered = await (await learner.load(artifact)).predict(rowsOf(3).features);

    expect(answered).toHaveLength(3);
    expect(answered[0]).toBeGreaterThan(0.2);
  });
});

describe("a program that misbehaves", () => {
  /** However it ended: no folder, and no process that carries the word. */
  const leftovers = () => [...readdirSync(machine), ...running("refit-misbehaving")];

  const soon: Setting = { timeoutMinutes: 0.01 };
  const hang = "setInterval(() => {}, 1000);";
  const deaf = `process.on("SIGTERM", () => {}); ${hang}`;
  /** Starts a process that leaves the group. */
  const runaway = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(deaf)}, "refit-misbehaving"], { detached: true, stdio: "inherit" }).unref();`;

  it.each<[what: string, outcome: string, files: Record<string, string>, given?: Setting]>([
    ["hangs", "timed-out", trains(hang), soon],
    ["does not listen to SIGTERM", "timed-out", trains(deaf), soon],
    ["hangs with children that left its group", "timed-out", trains(runaway + hang), soon],
    ["fails where it predicts", "exit-code", predicts("process.exit(7);")],
    ["ends with 0 without a model", "no-model", trains("")],
    ["ends with an error and a long trace", "exit-code", trains('throw new Error("no module named sklearn");')],
    ["is ended by a signal", "ended-by-signal", trains("process.kill(process.pid, 'SIGKILL');")],
    [
      "uses too much memory",
      "out-of-memory",
      trains(`const all = []; setInterval(() => all.push(Buffer.alloc(2e7, 1)), 20);`),
      { memoryMiB: 200 },
    ],
    ["writes NaN", "not-finite", answers('"prediction\\n0.5\\nnan\\n0.5\\n"')],
    ["writes infinity", "not-finite", answers('"prediction\\n0.5\\n-inf\\n0.5\\n"')],
    ["writes an empty value", "not-finite", answers('"prediction\\n0.5\\n\\n0.5\\n"')],
    ["predicts too few rows", "wrong-row-count", answers('"prediction\\n0.5\\n0.5\\n"')],
    ["predicts too many rows", "wrong-row-count", answers('"prediction\\n" + "0.5\\n".repeat(5)')],
    ["predicts a probability above 1", "out-of-range", answers('"prediction\\n0.5\\n1.5\\n0.5\\n"')],
    ["writes texts", "predictions-unreadable", answers('"prediction\\nyes\\nno\\nno\\n"')],
    ["writes no header", "predictions-unreadable", answers('"0.5\\n0.5\\n0.5\\n"')],
    ["writes no predictions", "no-predictions", predicts("")],
    ["writes predictions without an end", "predictions-unreadable", answers('"prediction\\n" + "0".repeat(3e6)')],
    ["makes a folder of its predictions", "predictions-unreadable", predicts("fs.mkdirSync(job.predictions);")],
    [
      "makes a link to its model",
      "model-not-plain",
      trains('model("1"); fs.symlinkSync("/etc/passwd", job.model + "/passwd");'),
    ],
    [
      "makes a pipe in its model",
      "model-not-plain",
      trains('model("1"); require("node:child_process").execFileSync("mkfifo", [job.model + "/pipe"]);'),
    ],
    ["names files so that git would take them for its own", "model-not-plain", trains('model("1", ".gitattributes");')],
    [
      "makes a sparse file of a terabyte",
      "model-too-large",
      trains('model("1"); fs.truncateSync(job.model + "/model.txt", 2 ** 40);'),
    ],
    ["writes a thousand files", "model-too-large", trains('for (let i = 0; i < 1001; i++) model("1", "part" + i);')],
    ["is missing", "program-missing", {}, { train: ["refit-no-such-program"] }],
    ["may not be executed", "program-not-executable", { "train.sh": "no script" }, { train: ["./train.sh"] }],
  ])("%s: %s", async (_what, outcome, files, given) => {
    const { learner } = learnerIn();
    const attempt = async () =>
      (await learner.load(await learner.fit(requestOf(files, given)))).predict(rowsOf(3).features);

    await expect(attempt()).rejects.toMatchObject({ code: "command-failed", outcome });
    expect(leftovers()).toEqual([]);
  });

  it("hangs where it predicts: the candidate's limit counts there, too", async () => {
    const { learner } = learnerIn();
    const artifact = await learner.fit(requestOf(predicts(hang)));
    const predictor = await learner.load(artifact, { timeoutMinutes: 0.01 });

    await expect(predictor.predict(rowsOf(3).features)).rejects.toMatchObject({
      outcome: "timed-out",
      step: "predict",
    });
    expect(leftovers()).toEqual([]);
  });

  it("leaves children behind: they are ended, and the model counts", async () => {
    const { learner } = learnerIn();

    const artifact = await learner.fit(requestOf(trains(`${runaway} model("0.5");`)));

    expect(artifact.has("model/model.txt")).toBe(true);
    expect(leftovers()).toEqual([]);
  });

  it("prints more than a text can hold, commands for the runner and terminal escapes: a few harmless lines are shown", async () => {
    const { learner, lines } = learnerIn();
    const loud = `console.log("::error::boo"); console.log("\\u001b[2Jgone"); console.log("##[error]boo");
      require("node:child_process").execSync("yes gigabyte | head -c ${constants.MAX_STRING_LENGTH + 1}", { stdio: "inherit" }); model("0.5");`;

    await learner.fit(requestOf(trains(loud)));

    expect(lines.length).toBe(201);
    expect(lines.slice(0, 3)).toEqual(["train: ::error::boo", "train: [2Jgone", "train: ##[error]boo"]);
    expect(lines.at(-1)).toMatch(/not shown/);
  });

  it("prints a line that never ends: it is cut", async () => {
    const { learner, lines } = learnerIn();

    await learner.fit(requestOf(trains('process.stdout.write("y".repeat(5e6)); model("0.5");')));

    expect(lines).toHaveLength(1);
    expect(lines[0]!.length).toBeLessThan(400);
  });

  it("reads the environment for tokens: there are none, and what it prints of one is masked", async () => {
    const token = `ghp_${"a".repeat(36)}`;
    const env = {
      GITHUB_TOKEN: token,
      ACTIONS_RUNTIME_TOKEN: "runtime-secret",
      AWS_SECRET_ACCESS_KEY: "aws-secret-value",
      SSH_AUTH_SOCK: "/tmp/agent",
      KAGGLE_KEY: "kaggle-secret-value",
    };
    const { learner, lines } = learnerIn(env);
    const tell = `console.log(Object.keys(process.env).sort().join(" ")); console.log("aws-secret-value", ${JSON.stringify(token)}, process.env.KAGGLE_KEY); model("1");`;

    await learner.fit(requestOf(trains(tell), { environment: ["KAGGLE_KEY", "GITHUB_TOKEN"] }));

    const names = lines[0]!.split(" ");
    expect(names).toContain("KAGGLE_KEY");
    expect(names.filter((name) => name in env)).toEqual(["KAGGLE_KEY"]);
    expect(lines[1]).toBe("train: *** *** ***");
  });

  it("sums up probabilities of classes to something else", async () => {
    const { learner } = learnerIn();
    const target = { name: "size", task: "multiclass", classes: ["L", "M", "S"] } as const;
    const files = answers('"L,M,S\\n0.2,0.2,0.2\\n"');

    const attempt = async (texts: Record<string, string>) =>
      (
        await learner.load(await learner.fit(requestOf(texts, { target: { ...target, classes: [...target.classes] } })))
      ).predict(rowsOf(1).features);

    await expect(attempt(files)).rejects.toMatchObject({ outcome: "not-summing" });
    expect([...(await attempt(answers('"S,L,M\\n0.1,0.5,0.4\\n"')))]).toEqual([0.5, 0.4, 0.1]);
  });
});
