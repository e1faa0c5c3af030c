import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export interface Replica {
  /** `null` while it does not run. */
  readonly address: string | null;
  /** Requests come to it: it has said that it is ready. */
  readonly isReady: boolean;
  /** Starts a process, and settles once it answers. */
  start(): Promise<void>;
  /** Settles once `/v2/health/ready` has said so. */
  ready(): Promise<void>;
  end(signal: "SIGKILL" | "SIGTERM"): Promise<void>;
}

/** A server process that is started again and again. @param command program and arguments @param addressIn the line of its output that says the address */
export function replica(
  command: readonly string[],
  { env, cwd }: { readonly env: Readonly<Record<string, string>>; readonly cwd: string },
  addressIn: (line: string) => string = (line) => line.trim(),
): Replica {
  let child: ChildProcess | null = null;
  let address: string | null = null;
  let isReady = false;
  return {
    get address() {
      return address;
    },
    get isReady() {
      return isReady;
    },
    async start() {
      const [program, ...args] = command as [string, ...string[]];
      child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "inherit"] });
      const lines = createInterface({ input: child.stdout! });
      const [line] = (await Promise.race([once(lines, "line"), once(child, "exit").then(() => ["ended at once"])])) as [
        string,
      ];
      address = addressIn(line);
    },
    async ready() {
      while (!isReady) {
        const { status } = await fetch(`${address}/v2/health/ready`);
        isReady = status === 200;
        if (!isReady) await new Promise((settle) => setTimeout(settle, 20));
      }
    },
    async end(signal) {
      if (child === null) return;
      const ended = once(child, "exit");
      child.kill(signal);
      isReady = false;
      await ended;
      child = null;
      address = null;
    },
  };
}
