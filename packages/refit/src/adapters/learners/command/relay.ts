import { StringDecoder } from "node:string_decoder";
import { redact } from "@refit/core/errors";
import { visibleText } from "@refit/core/report";

/** What becomes of a program's output. */
export interface Relay {
  feed(stream: "stdout" | "stderr", chunk: Buffer): void;
  /** What is left of a line that has no end. */
  end(): void;
  /** The last lines that it printed, oldest first. */
  lastLines(): readonly string[];
}

export interface RelayRequest {
  /** Texts that must not be shown. */
  readonly secrets: readonly string[];
  readonly onLine: (line: string) => void;
  readonly onProgress: (done: number) => void;
}

const mostLines = 200;
const mostCharacters = 300;
const keptLines = 6;
/** Bytes of the end of the output that are looked at for the last lines. */
const tailBytes = 8192;

/** Lines by which Python points at a place in the line above. */
const markers = /^[\s^~]+$/;

const progressLine = /^progress[:=\s]\s*(0(?:\.\d+)?|1(?:\.0+)?)$/i;

/**
 * Shows a program's output line by line: one line of visible text each, without secrets, and after 200 lines no more. A line
 * `progress 0.4` moves the bar.
 */
export function relayOutput({ secrets, onLine, onProgress }: RelayRequest): Relay {
  const streams = { stdout: lineSplitter(), stderr: lineSplitter() };
  let shown = 0;
  let tail = Buffer.alloc(0);

  function show(line: string): void {
    const done = progressLine.exec(line.trim());
    if (done !== null) return onProgress(Number(done[1]));
    const text = clean(line);
    if (text === "") return;
    if (shown++ < mostLines) onLine(text);
    else if (shown === mostLines + 1) onLine("… it prints more, which is not shown.");
  }

  function clean(line: string): string {
    const known = secrets.reduce((text, secret) => text.replaceAll(secret, "***"), line);
    return visibleText(redact(known), mostCharacters);
  }

  return {
    feed(stream, chunk) {
      tail = Buffer.concat([tail, chunk.subarray(-tailBytes)]).subarray(-tailBytes);
      if (shown <= mostLines) for (const line of streams[stream].lines(chunk)) show(line);
    },
    end() {
      for (const stream of Object.values(streams)) if (shown <= mostLines) show(stream.rest());
    },
    lastLines() {
      const lines = tail.toString().split(/\r?\n|\r/);
      const whole = tail.length < tailBytes ? lines : lines.slice(1);
      return whole
        .map(clean)
        .filter((line) => line !== "" && !markers.test(line))
        .slice(-keptLines);
    },
  };
}

/** A line that never ends is cut, so that it takes no memory. */
const longestLine = 4096;

function lineSplitter() {
  const decoder = new StringDecoder("utf8");
  let open = "";
  let isCut = false;
  return {
    *lines(chunk: Buffer): Generator<string> {
      const [first, ...others] = decoder.write(chunk).split(/\n|\r(?!\n)/);
      add(first!);
      for (const part of others) {
        yield open;
        open = "";
        isCut = false;
        add(part);
      }
    },
    rest: () => open,
  };

  function add(text: string): void {
    if (isCut) return;
    open += text.slice(0, longestLine);
    isCut = open.length >= longestLine;
  }
}
