import { canonicalJson, type FolderFiles, type Json, type Lineage } from "@refit/core/history";
import { PROBES_FILE } from "@refit/core/runtime";
import { decodeText, encodeText } from "../text.ts";

/**
 * A version that was made again, as the refit would have written it that wrote the other one: before there were probe rows
 * (docs/decisions/0067), every other file was the same.
 *
 * @param found the version that it is compared with.
 */
export function asWrittenThen(remade: FolderFiles, found: FolderFiles): FolderFiles {
  if (found.has(PROBES_FILE) || !remade.has(PROBES_FILE)) return remade;
  const others = new Map([...remade].filter(([file]) => file !== PROBES_FILE));
  const lineage = JSON.parse(decodeText(remade.get("lineage.json")!)) as Lineage;
  const listed = Object.entries(lineage.files).filter(([file]) => file !== PROBES_FILE);
  const then = { ...lineage, files: Object.fromEntries(listed) } as unknown as Json;
  return others.set("lineage.json", encodeText(`${canonicalJson(then, 2)}\n`));
}
