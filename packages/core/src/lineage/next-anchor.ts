/** Raw one-sided p at or below which a version counts as proved better, whatever its look number was. */
const PROVED = 0.005;

/**
 * The anchor that a new version records: `null` when it is one itself (the first model, or one that was proved better),
 * else the anchor of its parent, or the parent itself.
 */
export function nextAnchor(
  parent: { readonly treeId: string; readonly anchor: string | null } | null,
  pSuperior: number | null,
): string | null {
  if (parent === null || (pSuperior !== null && pSuperior <= PROVED)) return null;
  return parent.anchor ?? parent.treeId;
}
