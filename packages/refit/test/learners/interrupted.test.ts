import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { temporaryFolder } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { churnSpec } from "../e2e/support/churn.ts";
import { programCandidate } from "../e2e/support/program.ts";
import { churnScene } from "../e2e/support/scene.ts";

const bin = fileURLToPath(new URL("../../bin/refit.cjs", import.meta.url));

/** Says who it is, and who its child is, which leaves its group; both would stay for ever. */
const endless = `const fs = require("node:fs");
const deaf = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)';
const child = require("node:child_process").spawn(process.execPath, ["-e", deaf], { detached: true, stdio: "ignore" });
process.on("SIGTERM", () => {});
process.on("SIGINT", () => {});
fs.writeFileSync(process.env.PIDS + ".new", process.pid + " " + child.pid);
fs.renameSync(process.env.PIDS + ".new", process.env.PIDS);
setInterval(() => {}, 1000);
`;

async function until(condition: () => boolean, seconds: number): Promise<boolean> {
  for (let tries = 0; tries < seconds * 20 && !condition(); tries++) await sleep(50);
  return condition();
}

/** A process that has ended and was not yet asked for counts as ended. */
function runs(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

describe.skipIf(process.platform !== "linux")("refit is ended while a program trains", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"] as const)(
    "by %s: the program ends too, and its rows are gone",
    async (signal) => {
      const candidate = {
        ...programCandidate,
        train: [process.execPath, "endless.js"],
        environment: ["PIDS"],
        code: ["endless.js"],
      };
      const scene = await churnScene();
      await scene.land({ "models/churn/model.yaml": { ...churnSpec, candidates: [candidate] }, "endless.js": endless });
      const folder = await temporaryFolder();
      const [pids, jobs] = [path.join(folder, "pids"), path.join(folder, "jobs")];
      mkdirSync(jobs);
      const env = { ...scene.repository.env, PIDS: pids, TMPDIR: jobs };
      const refit = spawn(process.execPath, [bin, "run", "churn"], { cwd: scene.root, env, stdio: "ignore" });
      const ended = once(refit, "exit");
      expect(await until(() => existsSync(pids), 60)).toBe(true);
      const programs = readFileSync(pids, "utf8").split(" ").map(Number);
      expect(programs.map(runs)).toEqual([true, true]);
      expect(readdirSync(jobs)).not.toEqual([]);

      refit.kill(signal);

      expect(await ended).toEqual([null, signal]);
      await until(() => !programs.some(runs) && readdirSync(jobs).length === 0, 10);
      expect(programs.map(runs)).toEqual([false, false]);
      expect(readdirSync(jobs)).toEqual([]);
    },
  );

  /** One that nobody finds by its group or its environment: only the runner's own word ends it. */
  it.each(["SIGINT", "SIGKILL"] as const)(
    "by %s: what a runner has started elsewhere is told to end",
    async (signal) => {
      const folder = await temporaryFolder();
      const [pid, jobs] = [path.join(folder, "pid"), path.join(folder, "jobs")];
      mkdirSync(jobs);
      const alone = `require("node:fs").writeFileSync(process.argv[2] + ".new", String(process.pid));
      require("node:fs").renameSync(process.argv[2] + ".new", process.argv[2]);
      setInterval(() => {}, 1000);`;
      const start =
        'sed s,REFIT_JOB=,HIDDEN=, start.sh >there.sh && exec env -i PATH="$PATH" setsid --wait sh there.sh';
      const candidate = {
        ...programCandidate,
        train: [process.execPath, "alone.js", pid],
        code: ["alone.js"],
        runner: ["sh", "-c", start],
        runnerStop: ["sh", "-c", `kill -9 "$(cat '${pid}')" && touch '${folder}/'"$0"`, "{id}"],
      };
      const scene = await churnScene();
      await scene.land({ "models/churn/model.yaml": { ...churnSpec, candidates: [candidate] }, "alone.js": alone });
      const env = { ...scene.repository.env, TMPDIR: jobs };
      const refit = spawn(process.execPath, [bin, "run", "churn"], { cwd: scene.root, env, stdio: "ignore" });
      const ended = once(refit, "exit");
      expect(await until(() => existsSync(pid), 60)).toBe(true);
      const program = Number(readFileSync(pid, "utf8"));
      expect(runs(program)).toBe(true);

      refit.kill(signal);

      expect(await ended).toEqual([null, signal]);
      await until(() => !runs(program) && readdirSync(jobs).length === 0, 10);
      expect(runs(program)).toBe(false);
      expect(readdirSync(jobs)).toEqual([]);
      await until(() => readdirSync(folder).some((name) => name.startsWith("refit-")), 5);
      expect(readdirSync(folder).filter((name) => name.startsWith("refit-"))).toHaveLength(1);
    },
  );
});
