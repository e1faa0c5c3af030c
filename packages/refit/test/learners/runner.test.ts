import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { limitsOf } from "@refit/core/runtime";
import { temporaryFolder } from "@refit/testkit";
import { startMoto } from "@refit/testkit/python";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { decodeText } from "../../src/text.ts";
import { learnerIn, requestOf, rowsOf, type Setting } from "./programs.ts";

const job = `const fs = require("node:fs");
const job = JSON.parse(fs.readFileSync(process.env.REFIT_JOB, "utf8"));
`;
/** A mean, so that the model depends on the rows, and a second file in a folder. */
const train = `${job}
const rows = fs.readFileSync(job.train, "utf8").trim().split("\\n").slice(1);
fs.mkdirSync(job.model + "/more");
fs.writeFileSync(job.model + "/more/rows.txt", String(rows.length));
fs.writeFileSync(process.env.REFIT_MODEL + "/share.txt", String(rows.filter((row) => row.endsWith("yes")).length / rows.length));
`;
const predict = `${job}
const rows = fs.readFileSync(job.rows, "utf8").split("\\n").filter((line) => line !== "" && !line.startsWith("break")).length - 1;
fs.writeFileSync(job.predictions, "prediction\\n" + (fs.readFileSync(job.model + "/share.txt", "utf8") + "\\n").repeat(rows));
`;
const program = { "train.js": train, "predict.js": predict };
const trains = (text: string) => ({ ...program, "train.js": `${job}${text}` });

/** Starts what follows with nothing of this process but its PATH, in a folder of its own, as another machine would. */
const elsewhere = ["env", "-i", `PATH=${process.env["PATH"]}`, "sh"];

/** What a training and a prediction come to. */
async function outcome(
  given: Setting,
  env: Readonly<Record<string, string>> = {},
  texts: Record<string, string> = program,
) {
  const { learner, lines } = learnerIn(env);
  const request = requestOf(texts, given);
  const artifact = await learner.fit(request);
  const predictor = await learner.load(artifact, limitsOf({ ...request.settings }));
  const answers = [...(await predictor.predict(rowsOf(5).features))];
  const files = Object.fromEntries([...artifact].map(([file, bytes]) => [file, decodeText(bytes)]));
  return { files, answers, lines };
}

const here = await outcome({});

describe("a runner", () => {
  it.each<[what: string, runner: readonly string[]]>([
    ["that starts it in the folder of the script", [...elsewhere, "-c", '"$@"', "runner"]],
    ["that starts it in another folder", [...elsewhere, "-c", 'cd / && sh "$1"', "runner", "{job}/start.sh"]],
    ["that is given the script itself", [...elsewhere, "-c", "{script}"]],
  ])("%s: the same bytes as here", async (_what, runner) => {
    const { files, answers } = await outcome({ runner });

    expect(files).toEqual(here.files);
    expect(answers).toEqual(here.answers);
  });

  it("works in a folder that both machines have, and leaves nothing there", async () => {
    const runnerStore = await temporaryFolder();
    const seen = `[ "$(dirname "$(dirname "$PWD")")" = '${runnerStore}' ] && sh start.sh`;

    const { files } = await outcome({ runner: ["sh", "-c", seen], runnerStore });

    expect(files).toEqual(here.files);
    expect(readdirSync(runnerStore)).toEqual([]);
  });

  it("has words of the program's in it as they are", async () => {
    const odd = `it's $HOME "\`x\`" {job}`;
    const texts = trains(
      `fs.writeFileSync(job.model + "/share.txt", process.argv[2] === ${JSON.stringify(odd)} ? "0.5" : "0");`,
    );

    const { answers } = await outcome({ train: [process.execPath, "train.js", odd], runner: ["env"] }, {}, texts);

    expect(answers[0]).toBe(0.5);
  });
});

describe("a runner that fails", () => {
  const failing: [what: string, named: string, words: string, runner: string, texts?: Record<string, string>][] = [
    ["the cluster is not there", "runner-failed", "no route to cluster", "echo no route to cluster >&2; exit 1"],
    ["it does not wait", "runner-failed", "has not answered", ""],
    ["it is killed", "runner-failed", "SIGKILL", "kill -9 $$"],
    ["the program fails", "exit-code", "exit code 7", '"$@"', trains("process.exit(7);")],
    [
      "the program fails, and the runner says 0",
      "exit-code",
      "exit code 7",
      '"$@" || exit 0',
      trains("process.exit(7);"),
    ],
    ["the model is changed on its way", "result-altered", "share.txt", '"$@" && echo 1 >>../model/share.txt'],
    ["a file is lost on its way", "result-altered", "rows.txt", '"$@" && rm ../model/more/rows.txt'],
    ["a file comes along", "result-altered", "another", '"$@" && echo 1 >../model/another'],
    ["a half answer", "runner-failed", "has not answered", '"$@" && echo "refit-ended 1" >../ended'],
  ];

  it.each(failing)("%s: %s", { timeout: 60_000 }, async (_what, named, words, runner, texts) => {
    const attempt = outcome({ runner: ["sh", "-c", runner, "runner"] }, {}, texts);

    await expect(attempt).rejects.toMatchObject({ outcome: named, message: expect.stringContaining(words) });
  });

  it("is missing", async () => {
    await expect(outcome({ runner: ["refit-no-such-runner"] })).rejects.toMatchObject({ outcome: "program-missing" });
  });

  it("does not see the job folder: says what to do", async () => {
    const runner = ["sh", "-c", "sed 's,/code,/nowhere,' start.sh | sh"];

    await expect(outcome({ runner })).rejects.toMatchObject({ message: expect.stringContaining("runnerStore") });
  });

  it("has a store that is not there", async () => {
    const attempt = outcome({ runner: ["env"], runnerStore: "/no/such/folder" });

    await expect(attempt).rejects.toMatchObject({ outcome: "store-failed" });
  });

  it.each([
    ["takes too long", "timed-out", "sleep 30"],
    ["fails", "runner-failed", "exit 3"],
  ])("%s: what it has started is told to end, by its name", async (_what, named, runner) => {
    const folder = await temporaryFolder();
    const note = (name: string) => ["sh", "-c", `echo "$0" >>'${folder}/${name}'`, "{id}"];
    const start = ["sh", "-c", `echo "$0" >>'${folder}/started'; ${runner}`, "{id}"];

    const attempt = outcome({ runner: start, runnerStop: note("stopped"), timeoutMinutes: 0.02 });

    await expect(attempt).rejects.toMatchObject({ outcome: named });
    const [started, stopped] = ["started", "stopped"].map((name) => readFileSync(path.join(folder, name), "utf8"));
    expect(started).toMatch(/^refit-[0-9a-f-]+\n$/);
    expect(stopped).toBe(started);
  });

  it("ended well: nothing is told to end", async () => {
    const mark = path.join(await temporaryFolder(), "stopped");

    await outcome({ runner: ["env"], runnerStop: ["touch", mark] });

    expect(existsSync(mark)).toBe(false);
  });

  it("cannot end what it has started: that is said", async () => {
    const { learner, lines } = learnerIn();
    const given = { runner: ["sh", "-c", "exit 1"], runnerStop: ["sh", "-c", "exit 4"] };

    await expect(learner.fit(requestOf(program, given))).rejects.toMatchObject({ outcome: "runner-failed" });
    expect(lines.at(-1)).toMatch(/may still run: `sh -c exit 4` ended with exit code 4/);
  });
});

const { store, missing } = await startMoto();
afterAll(() => store?.close());

describe.skipIf(store === null)(`a store of objects${store === null ? ` (SKIPPED: ${missing})` : ""}`, () => {
  const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test-secret" };
  const env = { ...keys, AWS_ENDPOINT_URL_S3: store?.origin ?? "" };
  const runner = [...elsewhere, "-c", "{script}"];

  async function objectsOf(bucket: string): Promise<string[]> {
    const text = await (await fetch(`${store!.origin}/${bucket}?list-type=2`)).text();
    return [...text.matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key]) => key!);
  }

  it("carries the job and its answer: the same bytes, and nothing is left", async () => {
    await store!.createBucket("jobs");

    const { files, answers, lines } = await outcome({ runner, runnerStore: "s3://jobs/refit/a b" }, env);

    expect(files).toEqual(here.files);
    expect(answers).toEqual(here.answers);
    expect(lines.join("\n")).not.toContain("test-secret");
    expect(await objectsOf("jobs")).toEqual([]);
    expect(readdirSync("/tmp").filter((name) => /^refit-[0-9a-f]{8}-/.test(name))).toEqual([]);
  });

  it("names the job by its digest, and the program sees none of the keys", async () => {
    await store!.createBucket("seen");
    const folder = await temporaryFolder();
    writeFileSync(
      path.join(folder, "look.sh"),
      `curl -s '${store!.origin}/seen?list-type=2' >'${folder}/list'; exit 1\n`,
    );
    const look = ["sh", path.join(folder, "look.sh"), "{script}"];

    await expect(outcome({ runner: look, runnerStore: "s3://seen" }, env)).rejects.toMatchObject({
      outcome: "runner-failed",
    });

    const [, key] = /<Key>(.*?)<\/Key>/.exec(readFileSync(path.join(folder, "list"), "utf8")) ?? [];
    expect(key).toMatch(/^[0-9a-f]{64}\.tar$/);
    expect(await objectsOf("seen")).toEqual([]);
  });

  it.each<[what: string, named: string, words: string, place: string, change: Record<string, string>]>([
    ["no bucket", "store-failed", "NoSuchBucket", "s3://nobody", {}],
    ["no keys", "store-failed", "AWS_SECRET_ACCESS_KEY is not set", "s3://jobs", { AWS_SECRET_ACCESS_KEY: "" }],
    ["no server", "store-failed", "cannot be reached", "s3://jobs", { AWS_ENDPOINT_URL_S3: "http://127.0.0.1:9" }],
  ])("%s: %s", async (_what, named, words, runnerStore, change) => {
    const attempt = outcome({ runner, runnerStore }, { ...env, ...change });

    await expect(attempt).rejects.toMatchObject({ outcome: named, message: expect.stringContaining(words) });
  });

  it.each<[what: string, words: string, edit: string]>([
    ["a byte of the job is another", "runner-failed", "s,^echo .* job.tar.*,printf x >>job.tar; &,"],
    [
      "an answer with a link",
      "result-altered",
      "s,^tar -cf answer.tar,ln -s /etc/passwd model/link; tar -cf answer.tar,",
    ],
    ["an answer that is no tar file", "result-altered", "s,^tar -cf answer.tar.*,echo nothing >answer.tar,"],
    ["half an answer", "result-altered", "s,^curl.*-T,truncate -s 700 answer.tar; &,"],
    [
      "an answer with a file elsewhere",
      "result-altered",
      "s,^tar -cf answer.tar,echo 1 >job.json; tar -cf answer.tar job.json,",
    ],
    [
      "a file changed after it was hashed",
      "result-altered",
      "s,^tar -cf answer.tar,echo 1 >>model/share.txt; tar -cf answer.tar,",
    ],
  ])("%s: %s", async (_what, named, edit) => {
    const folder = await temporaryFolder();
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "edit.sed"), edit);
    const edited = [
      "sh",
      "-c",
      `printf %s "$1" | sed -f '${folder}/edit.sed' >'${folder}/start.sh' && sh '${folder}/start.sh'`,
    ];
    const attempt = outcome({ runner: [...edited, "runner", "{script}"], runnerStore: "s3://jobs" }, env);

    await expect(attempt).rejects.toMatchObject({ outcome: named });
  });
});

/** Programs of a name that only do what a runner does: write down their words, and start what follows. */
async function standIns(texts: Readonly<Record<string, string>>) {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(texts)) {
    writeFileSync(path.join(folder, name), `#!/bin/sh\necho "${name} $1 $2 $3 $4" >>'${folder}/calls'\n${text}\n`, {
      mode: 0o755,
    });
  }
  return {
    PATH: `${folder}${path.delimiter}${process.env["PATH"]}`,
    calls: () => readFileSync(path.join(folder, "calls"), "utf8").trim().split("\n"),
  };
}

const page = readFileSync(new URL("../../../../docs/command-learner.md", import.meta.url), "utf8");
const documented = [...page.matchAll(/^```yaml\n([^`]*?runner: [^`]*?)^```$/gms)].flatMap(
  ([, text]) => parse(text!) as Required<Pick<Setting, "runner" | "runnerStop" | "runnerStore">>[],
);

describe("the examples of the page, by stand-ins that only start what they are told to", () => {
  const start = 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"';
  const ofScript = 'while [ "$1" != sh ]; do shift; done; exec "$@"';
  const texts = { ray: start, kubectl: start, srun: ofScript, scancel: "exit 0" };

  it("are these", () => {
    expect(documented.map(({ runner }) => runner[0])).toEqual(["ray", "srun", "kubectl"]);
  });

  it.each(documented)("$runner.0: the same bytes as here", async ({ runner, runnerStop, runnerStore }) => {
    const isObject = runnerStore.startsWith("s3:");
    if (isObject && store === null) return expect.soft(missing).toBeNull();
    await store?.createBucket("my-bucket");
    const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "x", AWS_ENDPOINT_URL_S3: store?.origin ?? "" };
    const tools = await standIns(texts);
    const place = isObject ? runnerStore : await temporaryFolder();

    const { files } = await outcome({ runner, runnerStop, runnerStore: place }, { ...keys, PATH: tools.PATH });

    expect(files).toEqual(here.files);
    expect(tools.calls()).toHaveLength(2);
    expect(tools.calls()[0]).toMatch(
      /^(?:ray job submit --submission-id |srun --job-name=|kubectl run )refit-[0-9a-f-]+/,
    );
  });

  it.each(documented)("$runner.0: a program that takes too long is ended", async ({ runner, runnerStop }) => {
    const tools = await standIns(texts);
    const limits = {
      timeoutMinutes: 0.02,
      runner: runner.map((word) => word.replace("{script}", "sleep 60")),
      runnerStop,
    };

    const attempt = outcome(limits, { PATH: tools.PATH }, trains("setInterval(() => {}, 1000);"));

    await expect(attempt).rejects.toMatchObject({ outcome: "timed-out" });
    expect(tools.calls()[1]).toMatch(/^(?:ray job stop|scancel|kubectl delete pod) .*refit-[0-9a-f-]+/);
  });
});
