// profile.ts WHAT BATCH TIMES
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { refit } from "../serve.ts";
import { connected, requestBytes } from "../serve/connection.ts";
import { madeRows } from "../serve/made-model.ts";
import { cpuSeconds } from "../serve/process-cpu.ts";
const [what = "JSON records", batch = "1", times = "10000", js] = process.argv.slice(2);
const dir = "/tmp/sp/prof";
rmSync(dir, { recursive: true, force: true });
const port = 18200 + Math.floor(Math.random() * 500);
const child = spawn(
  process.execPath,
  [
    "--cpu-prof",
    "--cpu-prof-interval=200",
    `--cpu-prof-dir=${dir}`,
    "tools/bench/src/serve/server.mjs",
    "/tmp/sp/model/champion",
    String(port),
    ...(js ? ["js"] : []),
  ],
  { stdio: ["ignore", "inherit", "inherit"] },
);
for (;;) {
  try {
    await fetch(`http://127.0.0.1:${port}/ping`);
    break;
  } catch {
    await pause(100);
  }
}
const c = await connected(port);
const req = requestBytes(refit.asks[what]!(madeRows(Number(batch), 4)));
for (let i = 0; i < Number(times) / 4; i++) await c.send(req);
const before = cpuSeconds(child.pid!);
for (let i = 0; i < Number(times); i++) await c.send(req);
console.log("cpu per request", ((cpuSeconds(child.pid!) - before) / Number(times)) * 1e6, "µs", "bytes", req.length);
c.close();
child.kill("SIGTERM");
await once(child, "exit");
const prof = JSON.parse(readFileSync(`${dir}/${readdirSync(dir)[0]}`, "utf8"));
const self = new Map<string, number>();
const byId = new Map(prof.nodes.map((n: any) => [n.id, n]));
let total = 0;
prof.samples.forEach((id: number, i: number) => {
  const n: any = byId.get(id);
  const f = n.callFrame;
  const key = `${f.functionName || "(anon)"} ${f.url.split("/").slice(-3).join("/")}:${f.lineNumber}`;
  const d = prof.timeDeltas[i];
  if (f.functionName === "(idle)") return;
  total += d;
  self.set(key, (self.get(key) ?? 0) + d);
});
for (const [k, v] of [...self].sort((a, b) => b[1] - a[1]).slice(0, 32))
  console.log(((100 * v) / total).toFixed(1).padStart(5), k);
