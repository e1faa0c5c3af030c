/**
 * What a search has found, in short, such as `60 % gbdt of 63 leaves, 40 % linear`; `null`: the settings are not those of a search.
 *
 * @param settings of a candidate, or as a lineage has them: of any shape.
 */
export function foundWords({ chosen }: Readonly<Record<string, unknown>>): string | null {
  if (!Array.isArray(chosen)) return null;
  const words = chosen.map((each: unknown) => {
    const { share, settings } = mapOf(each);
    const { learner, leaves } = mapOf(settings);
    const size = typeof leaves === "number" ? ` of ${leaves} leaves` : "";
    return `${chosen.length === 1 ? "" : `${Math.round(100 * Number(share))} % `}${String(learner)}${size}`;
  });
  return words.join(", ");
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
