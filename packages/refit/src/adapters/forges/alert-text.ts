import type { Alert, AlertMark, AlertNote } from "../../ports/forge.ts";

const marker = "<!-- refit:note -->";

/** The second line of an alert that was announced. */
const mark = /^<!-- refit:announced ([0-9a-f]+) -->$/;

/** Id of the event by which the alert was announced; `null`: it was not. */
export function announcedIn(text: string): string | null {
  return mark.exec(text.split(/\r?\n/, 2)[1] ?? "")?.[1] ?? null;
}

/** The text with this mark as its second line, in place of an earlier one; `null`: with none. */
function withAnnounced(text: string, announced: string | null): string {
  const [first = "", second = "", ...rest] = text.replaceAll("\r\n", "\n").split("\n");
  const others = mark.test(second) ? rest : [second, ...rest];
  return [first, ...(announced === null ? [] : [`<!-- refit:announced ${announced} -->`]), ...others].join("\n");
}

/** The text of an alert with this paragraph below it, in place of an earlier one; `null`: with none. Ends without a line break. */
function withAlertNote(text: string, note: string | null): string {
  const [before = ""] = text.replaceAll("\r\n", "\n").split(`\n\n${marker}\n`, 1);
  return note === null ? before.trimEnd() : `${before.trimEnd()}\n\n${marker}\n> ${note}`;
}

/**
 * What an alert says after a change; an alert that is new, or raised again, keeps its mark and loses its note.
 *
 * @param before `null`: none is open. @param fresh the text of a new one.
 * @returns `null`: nothing, since none is open that a note or a mark could be for.
 */
export function alertText(
  before: string | null,
  change: Alert | AlertNote | AlertMark,
  fresh: (alert: Alert) => string,
): string | null {
  if ("title" in change) return withAnnounced(fresh(change), announcedIn(before ?? ""));
  if (before === null) return null;
  return "note" in change ? withAlertNote(before, change.note) : withAnnounced(before, change.announced);
}
