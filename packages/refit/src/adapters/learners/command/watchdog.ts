import { spawn } from "node:child_process";
import type { Socket } from "node:net";

export interface Watched {
  /** Id of the process group. */
  readonly group: number;
  /** `NAME=value` of a variable that only its processes have. */
  readonly marker: string;
  readonly folder: string;
  /** argv of a program that ends what runs elsewhere; empty: nothing does. */
  readonly afterwards: readonly string[];
  /** Its environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** Its standard input ends when this process does, however that ends. */
const script = `
read -r _
kill -s KILL -- "-$1"
for round in 1 2 3; do
  for file in /proc/[0-9]*/environ; do
    tr '\\0' '\\n' <"$file" | grep -qxF -- "$2" || continue
    pid=\${file#/proc/}
    kill -s KILL "\${pid%/environ}"
  done
done
rm -rf -- "$3"
shift 3
[ $# -eq 0 ] || "$@"
`;

/**
 * Ends the processes of a program and removes its folder where this process is killed and can do neither: a shell that waits for
 * the end of a pipe. Where there is no shell, nothing watches.
 *
 * @returns calls it off.
 */
export function setWatchdog({ group, marker, folder, afterwards, env: given }: Watched): () => void {
  if (process.platform === "win32") return () => {};
  const args = ["-c", script, "refit-watchdog", String(group), marker, folder, ...afterwards];
  // It must not carry the marker itself.
  const { REFIT_JOB: _job, ...own } = given;
  const env = afterwards.length === 0 ? { PATH: process.env["PATH"] } : own;
  const shell = spawn("sh", args, { cwd: "/", env, stdio: ["pipe", "ignore", "ignore"], detached: true });
  shell.on("error", () => {});
  shell.stdin.on("error", () => {});
  shell.unref();
  (shell.stdin as unknown as Socket).unref();
  return () => {
    shell.kill("SIGKILL");
    shell.stdin.destroy();
  };
}
