import { spawn } from "node:child_process";
import type { Opener } from "../ports/opener.ts";

/** By platform; the file is one word of the command, which no shell reads. */
const programs: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: "open", win32: "explorer.exe" };

export function systemOpener(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): Opener {
  const program = programs[platform] ?? "xdg-open";
  return {
    open: (file) =>
      new Promise((resolve) => {
        // It may stay open for as long as the person reads.
        const child = spawn(program, [file], { env, stdio: "ignore", detached: true, windowsHide: true });
        child.once("error", () => resolve(null));
        child.once("spawn", () => {
          child.unref();
          resolve(program);
        });
      }),
  };
}
