import { isForCanary, keyTextOf } from "./bucket.ts";
import { rowCount, type RequestRows } from "./request-rows.ts";
import { keyValues, type RowKey } from "./row-values.ts";
import type { Exchange } from "./routes.ts";
import type { AskedCanary } from "./served-canary.ts";

/** Whose answer a row gets. */
export type Arm = "champion" | "canary";

/** Whose answers the rows of a request get. */
export interface RowArms {
  /** By row as it was sent; `null`: the champion's all. */
  readonly isCanary: readonly boolean[] | null;
  /** Whether the same key gets the same version the next time: each row had one. */
  readonly isSticky: boolean;
}

interface KeyedRequest extends Pick<Exchange, "requestId" | "header"> {
  readonly sent: RequestRows;
  /** Columns that together name what a row is about. */
  readonly key: RowKey;
}

/** By the key of each row, else by the header `x-refit-key`, else by the id of the request. */
export function armsOf(request: KeyedRequest, { canary, percent }: AskedCanary): RowArms {
  const { sent, key, requestId } = request;
  const ofRequest = keyInHeader(request.header("x-refit-key"));
  const keys = Array.from({ length: rowCount(sent) }, (_, place) => {
    const values = keyValues(sent, place, key);
    return values === null ? ofRequest : keyTextOf(values);
  });
  const isSticky = !keys.includes(null);
  if (percent === 0) return { isCanary: null, isSticky };
  const share = { treeId: canary.version.treeId, percent };
  const isCanary = keys.map((found) => isForCanary(share, found ?? requestId));
  return { isCanary: isCanary.includes(true) ? isCanary : null, isSticky };
}

/** Headers come as bytes, each a letter. Whoever writes UTF-8 means the same key as in JSON. */
function keyInHeader(header: string | undefined): string | null {
  if (header === undefined || header === "") return null;
  try {
    const bytes = Uint8Array.from(header, (letter) => letter.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return header;
  }
}
