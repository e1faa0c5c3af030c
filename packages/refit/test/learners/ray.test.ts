import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { limitsOf } from "@refit/core/runtime";
import { temporaryFolder } from "@refit/testkit";
import { pythonTool } from "@refit/testkit/python";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { decodeText } from "../../src/text.ts";
import { learnerIn, requestOf, rowsOf, type Setting } from "./programs.ts";

/**
 * A real Ray cluster on this machine: 285 MB of packages and half a minute to start, so only where `npm run test:ray` asks for it.
 * Everything else about runners is in `runner.test.ts`.
 */
const asked = process.env["npm_lifecycle_event"] === "test:ray";
const tool = asked ? await pythonTool("ray-2.60.0", ["ray[default]==2.60.0"]) : null;
const why = tool === null ? "npm run test:ray runs it" : tool.missing;
const python = tool?.python ?? null;

const page = readFileSync(new URL("../../../../docs/command-learner.md", import.meta.url), "utf8");
const [documented] = parse(/^# a Ray cluster[^\n]*\n([^`]*)/m.exec(page)![1]!) as Required<
  Pick<Setting, "runner" | "runnerStop" | "environment">
>[];

const job = `const fs = require("node:fs");
const job = JSON.parse(fs.readFileSync(process.env.REFIT_JOB, "utf8"));
`;
const program = {
  "train.js": `${job} fs.writeFileSync(job.model + "/rows.txt", String(fs.readFileSync(job.train, "utf8").length)); console.log("in " + process.cwd());`,
  "predict.js": `${job} fs.writeFileSync(job.predictions, "prediction\\n0.5\\n0.25\\n");`,
};

describe.skipIf(python === null)(`a Ray cluster${python === null ? ` (SKIPPED: ${why})` : ""}`, () => {
  // Sockets below it may have 107 characters.
  const home = mkdtempSync("/tmp/ray-");
  const base = { PATH: `${home}${path.delimiter}${process.env["PATH"]}`, HOME: home, RAY_AUTH_MODE: "token" };
  let env: Record<string, string> = {};
  let cluster: ReturnType<typeof spawn> | null = null;

  beforeAll(async () => {
    // The environment was made elsewhere and moved, so that its own `ray` does not find its interpreter.
    writeFileSync(`${home}/ray`, `#!/bin/sh\nexec '${python}' -m ray.scripts.scripts "$@"\n`, { mode: 0o755 });
    const [gcs, dashboard, client, agent] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
    env = { ...base, RAY_ADDRESS: `http://127.0.0.1:${dashboard}` };
    await call("ray", ["get-auth-token", "--generate"], base);
    const words = ["start", "--head", "--block", "--num-cpus=2", "--disable-usage-stats", `--temp-dir=${home}/tmp`];
    const ports = [`--port=${gcs}`, `--dashboard-port=${dashboard}`, `--ray-client-server-port=${client}`];
    const more = [`--dashboard-agent-listen-port=${agent}`, "--min-worker-port=61000", "--max-worker-port=61999"];
    const addresses = ["--node-ip-address=127.0.0.1", "--dashboard-host=127.0.0.1", "--object-store-memory=100000000"];
    cluster = spawn("ray", [...words, ...ports, ...more, ...addresses], { env: base, stdio: "ignore", detached: true });
    // Its agents come up one after the other; a job of nothing says when all of them are there.
    for (let tries = 0; tries < 30; tries++) {
      if ((await call("ray", ["job", "submit", "--", "true"], env)).includes("succeeded")) return;
      await sleep(1000);
    }
    throw new Error("The cluster does not come up.");
  }, 300_000);

  afterAll(async () => {
    if (cluster?.pid !== undefined) {
      cluster.kill("SIGTERM");
      await Promise.race([once(cluster, "exit"), sleep(20_000)]);
    }
    rmSync(home, { recursive: true, force: true });
  }, 60_000);

  const { runner, runnerStop, environment } = documented!;
  const usual: Setting = { runner, runnerStop, environment };
  const jobs = async () => (await call("ray", ["job", "list"], env)).match(/status=<JobStatus\.\w+/g) ?? [];

  it("trains and predicts by the example of the page, token and all", { timeout: 300_000 }, async () => {
    const here = await learnerIn().learner.fit(requestOf(program, { environment }));
    const { learner, lines } = learnerIn(env);
    const request = requestOf(program, usual);

    const artifact = await learner.fit(request);
    const predictor = await learner.load(artifact, limitsOf({ ...request.settings }));

    expect([...artifact]).toEqual([...here]);
    expect([...(await predictor.predict(rowsOf(2).features))]).toEqual([0.5, 0.25]);
    expect(lines.some((line) => line.includes("in /tmp/refit-"))).toBe(true);
    expect(decodeText(artifact.get("model/rows.txt")!)).toMatch(/^\d+$/);
  });

  it("carries the job by a folder that it shares", { timeout: 300_000 }, async () => {
    const runnerStore = await temporaryFolder();

    const artifact = await learnerIn(env).learner.fit(requestOf(program, { ...usual, runnerStore }));

    expect(artifact.has("model/rows.txt")).toBe(true);
  });

  it("is not there: a named outcome, and nothing runs", { timeout: 120_000 }, async () => {
    const away = { ...env, RAY_ADDRESS: `http://127.0.0.1:${await freePort()}` };

    const attempt = learnerIn(away).learner.fit(requestOf(program, usual));

    await expect(attempt).rejects.toMatchObject({
      outcome: "runner-failed",
      message: expect.stringContaining("Failed to connect to Ray"),
    });
  });

  it("ends the job at the time limit", { timeout: 300_000 }, async () => {
    const folder = await temporaryFolder();
    // Without its mark, so that only Ray can end it.
    const hang = `delete process.env.REFIT_JOB; require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", ${JSON.stringify(folder)}], { stdio: "ignore", env: {} });
      require("node:fs").writeFileSync(${JSON.stringify(`${folder}/started`)}, ""); setInterval(() => {}, 1000);`;

    const attempt = learnerIn(env).learner.fit(
      requestOf({ ...program, "train.js": hang }, { ...usual, timeoutMinutes: 0.5 }),
    );

    await expect(attempt).rejects.toMatchObject({ outcome: "timed-out" });
    expect(readFileSync(`${folder}/started`, "utf8")).toBe("");
    expect((await jobs()).filter((status) => /RUNNING|PENDING/.test(status))).toEqual([]);
  });
});

async function call(file: string, args: readonly string[], env: Record<string, string>): Promise<string> {
  const child = spawn(file, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  await once(child, "close");
  return said;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
