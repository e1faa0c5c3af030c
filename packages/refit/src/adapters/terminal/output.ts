import type { Output } from "../../ports/output.ts";
import { harmless } from "../../text.ts";

/**
 * Results on stdout, the rest on stderr, so that `--json` may be piped and its notices are still seen. Progress on a
 * terminal is one line that is overwritten; elsewhere a line per stage and quarter.
 */
export function terminalOutput(json: boolean): Output {
  const { stderr, stdout } = process;
  const live = stderr.isTTY === true && !json;
  let lastLine = "";
  let open = false;

  function clear(): void {
    if (open) stderr.write("\r\u001B[K");
    open = false;
  }

  return {
    print(line) {
      clear();
      stdout.write(`${harmless(line)}\n`);
    },
    progress(name, done) {
      const stage = harmless(name);
      const percent = done === undefined ? null : Math.floor(done * 100);
      if (live) {
        stderr.write(`\r\u001B[K${stage}${percent === null ? "" : ` ${bar(percent)}`}`);
        open = true;
        return;
      }
      const line = percent === null ? stage : `${stage} ${percent - (percent % 25)} %`;
      if (line !== lastLine) stderr.write(`${line}\n`);
      lastLine = line;
    },
    notice(sentence) {
      clear();
      stderr.write(`note: ${harmless(sentence)}\n`);
    },
  };
}

function bar(percent: number): string {
  const filled = Math.round(percent / 5);
  return `${"█".repeat(filled)}${"░".repeat(20 - filled)} ${percent} %`;
}
