import type { FeatureSpec } from "@refit/core/data";
import type { DataManifest } from "@refit/core/spec";

interface PreparedVersion {
  readonly settings: { readonly manifest: DataManifest; readonly spec: { readonly data: string } };
  readonly isOfThen: boolean;
  readonly features: Pick<FeatureSpec, "rowWise">;
}

/**
 * Why rows of a view alone are not prepared as they were in training, as a clause; `null`: they are. The file has the newest row of each key and
 * nothing else, so `prepare` may read nothing else either, and in a row only that row.
 */
export function whyNotLookedUp({ settings, isOfThen, features }: PreparedVersion, view: string): string | null {
  const { manifest, spec } = settings;
  const file = `data-manifests/${spec.data}.yaml`;
  if (!isOfThen)
    return `the \`prepare\` that it was trained with is not in any commit that was searched, since ${file} has changed. Train again`;
  if (!(manifest.views ?? []).includes(view)) return `${file} does not name the view under \`views\``;
  const words = wordsOf(manifest.prepare ?? "");
  const others = ["source", ...(manifest.views ?? []), ...(manifest.tables ?? []).map(({ name }) => name)];
  const other = others.find((name) => name !== view && words.includes(name.toLowerCase()));
  if (other !== undefined) return `\`prepare\` in ${file} also reads \`${other}\`. Move that into the view`;
  if (!words.includes(view.toLowerCase())) return `\`prepare\` in ${file} does not read the view`;
  // A row of training stood among all others, and here it stands among the newest ones.
  const looksAround = words.includes("over") || words.filter((word) => word === "select").length > 1;
  if (features.rowWise !== true && looksAround)
    return `\`prepare\` in ${file} looks from a row at others. Move that into the view`;
  return null;
}

/** Words of SQL in lower case, without comments and texts. */
function wordsOf(sql: string): string[] {
  return (
    sql
      .replaceAll(/--.*|\/\*[^]*?\*\/|'(?:[^']|'')*'/g, " ")
      .toLowerCase()
      .match(/[\p{L}_][\p{L}\d_]*/gu) ?? []
  );
}
