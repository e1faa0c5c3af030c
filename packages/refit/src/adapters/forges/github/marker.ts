import type { RunStamp } from "./settings.ts";

/** What the second, hidden line of a report comment says. */
export interface Stamp {
  readonly run: RunStamp | null;
  readonly head: string;
  /** First letters of the input digest. */
  readonly inputs: string;
}

export const reportMarker = (model: string) => `<!-- refit:report model=${model} -->`;
export const alertMarker = (model: string) => `<!-- refit:alert model=${model} -->`;
/** In the body of a pull request that refit closed itself, so that nobody is taken to have declined it. */
export const closedMarker = "<!-- refit:closed -->";

/** Whether a text begins with the marker as its whole first line. */
export function isMarked(text: string | null | undefined, marker: string): boolean {
  return text?.split(/\r?\n/, 1)[0]?.trimEnd() === marker;
}

export function reportComment(model: string, stamp: Stamp, report: string): string {
  const run = stamp.run === null ? "none" : `${stamp.run.id}.${stamp.run.attempt}`;
  return [
    reportMarker(model),
    `<!-- run=${run} head=${stamp.head} inputs=${stamp.inputs} -->`,
    report.trimEnd(),
    "",
  ].join("\n");
}

const stampLine = /^<!-- run=(?:none|(\d+)\.(\d+)) head=([0-9a-f]+) inputs=([0-9a-f]*) -->$/;

/** The stamp of a comment and the text after it; `null` where there is none. */
export function readComment(body: string): { readonly stamp: Stamp; readonly report: string } | null {
  const [, line = "", ...report] = body.split(/\r?\n/);
  const found = stampLine.exec(line.trimEnd());
  if (found === null) return null;
  const [, id, attempt, head, inputs] = found;
  return {
    stamp: {
      run: id === undefined ? null : { id: Number(id), attempt: Number(attempt) },
      head: head!,
      inputs: inputs!,
    },
    report: report.join("\n").trimEnd(),
  };
}

/** Sentences between the hidden lines of a comment and its report, in this order. */
const noteMarkers = { outdated: "<!-- refit:outdated -->", remark: "<!-- refit:remark -->" } as const;

type CommentNote = keyof typeof noteMarkers;

/** The comment with one note of this kind above the report, in place of an earlier one; `null`: with none. */
export function withNote(body: string, kind: CommentNote, sentence: string | null): string {
  const [marker = "", stamp = "", ...rest] = body.split(/\r?\n/);
  const kinds = Object.keys(noteMarkers) as CommentNote[];
  const notes = new Map<CommentNote, string>();
  for (;;) {
    const found = kinds.find((each) => noteMarkers[each] === rest[0]);
    if (found === undefined) break;
    const [, quoted = ""] = rest.splice(0, 3);
    notes.set(found, quoted);
  }
  if (sentence === null) notes.delete(kind);
  else notes.set(kind, `> ${sentence}`);
  const lines = kinds.flatMap((each) => {
    const quoted = notes.get(each);
    return quoted === undefined ? [] : [noteMarkers[each], quoted, ""];
  });
  return [marker, stamp, ...lines, ...rest].join("\n");
}

/** Whether `a` is of a later run than `b`. A run outside of Actions has no number and is taken as the latest. */
export function isNewer(a: RunStamp | null, b: RunStamp | null): boolean {
  if (a === null || b === null) return false;
  return a.id > b.id || (a.id === b.id && a.attempt > b.attempt);
}
