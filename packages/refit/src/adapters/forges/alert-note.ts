const marker = "<!-- refit:note -->";

/** The text of an alert with this paragraph below it, in place of an earlier one; `null`: with none. Ends without a line break. */
export function withAlertNote(text: string, note: string | null): string {
  const [before = ""] = text.replaceAll("\r\n", "\n").split(`\n\n${marker}\n`, 1);
  return note === null ? before.trimEnd() : `${before.trimEnd()}\n\n${marker}\n> ${note}`;
}
