import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it, onTestFinished } from "vitest";
import { isLeftBehind, temporaryName } from "../../src/adapters/disk/left-behind.ts";
import { processFacts } from "../../src/adapters/process-facts.ts";

it.skipIf(process.platform !== "linux")(
  "takes what a process made that has ended though nobody asked how",
  async () => {
    // The child of a shell that has become another program, which asks for no child.
    const parent = spawn("sh", ["-c", "sleep 0 & echo $!; exec sleep 60"]);
    onTestFinished(() => void parent.kill());
    const [said] = (await once(parent.stdout, "data")) as [Buffer];
    const pid = Number(said);
    await expect.poll(() => processFacts(pid)?.isZombie).toBe(true);
    const nameOf = (maker: number) => temporaryName().replace(`.${process.pid}.`, `.${maker}.`);

    expect(isLeftBehind(nameOf(pid), 0)).toBe(true);
    expect(isLeftBehind(nameOf(parent.pid!), 0)).toBe(false);
  },
);
