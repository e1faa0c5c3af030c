import { LedgerInvalidError } from "@refit/core/errors";
import { type LedgerRow, ledgerRow } from "@refit/core/history";

/** JSON Lines. @throws LedgerInvalidError naming file, line and the first thing that is wrong. */
export function parseLedgerRows(file: string, text: string): LedgerRow[] {
  const rows: LedgerRow[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (cause) {
      throw new LedgerInvalidError(file, index + 1, "it is not JSON.", { cause });
    }
    const result = ledgerRow.safeParse(value);
    if (!result.success) {
      const { path, message } = result.error.issues[0]!;
      throw new LedgerInvalidError(file, index + 1, [path.join("."), message].filter(Boolean).join(": "));
    }
    rows.push(result.data);
  }
  return rows;
}
