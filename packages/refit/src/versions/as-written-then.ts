import { canonicalJson, type FolderFiles, type Json, type Lineage } from "@refit/core/history";
import { USE_HEADING } from "@refit/core/report";
import { PROBES_FILE } from "@refit/core/runtime";
import { sha256 } from "../sha256.ts";
import { decodeText, encodeText } from "../text.ts";

/**
 * A version that was made again, as the refit would have written it that wrote the other one: first there were no probe rows
 * (docs/decisions/0067), then the card did not say how to use the version (docs/decisions/0076). Every other file was the same.
 *
 * @param found the version that it is compared with.
 */
export function asWrittenThen(remade: FolderFiles, found: FolderFiles): FolderFiles {
  const then = new Map(remade);
  if (!found.has(PROBES_FILE)) then.delete(PROBES_FILE);
  const card = then.get(CARD);
  if (card !== undefined && isWithoutUse(found.get(CARD))) then.set(CARD, withoutUse(card));
  const lineage = then.get("lineage.json");
  if (lineage !== undefined) then.set("lineage.json", relisted(lineage, then));
  return then;
}

/**
 * Besides, without the threshold, which versions did not have before (docs/decisions/0072). Of a proposal that would hide that somebody has
 * taken it out, so this is for versions that are in the history.
 */
export function asMadeThen(remade: FolderFiles, found: FolderFiles): FolderFiles {
  const then = new Map(asWrittenThen(remade, found));
  const { threshold, ...others } = jsonOf(then.get(FEATURES)!);
  const before = found.get(FEATURES);
  if (threshold === undefined || before === undefined || "threshold" in jsonOf(before)) return then;
  then.set(FEATURES, encodeText(`${canonicalJson(others as Json, 2)}\n`));
  return then.set("lineage.json", relisted(then.get("lineage.json")!, then));
}

const CARD = "README.md";
const FEATURES = "features.json";

const jsonOf = (bytes: Uint8Array) => Object(JSON.parse(decodeText(bytes))) as Readonly<Record<string, unknown>>;

const isWithoutUse = (card: Uint8Array | undefined) =>
  card !== undefined && !decodeText(card).includes(`\n${USE_HEADING}\n`);

/** The part is the last but for one line. */
function withoutUse(card: Uint8Array): Uint8Array {
  const text = decodeText(card);
  const [from, to] = [text.indexOf(`${USE_HEADING}\n`), text.lastIndexOf("\n\n") + 2];
  return from < 0 ? card : encodeText(text.slice(0, from) + text.slice(to));
}

/** A lineage that lists these files. */
function relisted(bytes: Uint8Array, files: FolderFiles): Uint8Array {
  const lineage = JSON.parse(decodeText(bytes)) as Lineage;
  const listed = Object.keys(lineage.files).flatMap((file) => {
    const content = files.get(file);
    return content === undefined ? [] : [[file, { sha256: sha256(content), bytes: content.byteLength }] as const];
  });
  const then = { ...lineage, files: Object.fromEntries(listed) } as unknown as Json;
  return encodeText(`${canonicalJson(then, 2)}\n`);
}
