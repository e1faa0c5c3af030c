import { UsageError } from "@refit/core/errors";
import type { DataLimits } from "@refit/core/spec";

/** Option of every command that reads data. */
export const limitOption = { limit: { type: "string", multiple: true } } as const;
export const limitHelp = {
  limit:
    "NAME=NUMBER for this run, whatever the data manifest says: memoryMiB, spillMiB, downloadMiB or prepareSeconds; may be repeated",
};

/**
 * What whoever runs the command says of the machine that it runs on. It counts more than the data manifest, which is
 * written for all machines: it may lower a limit as well as raise it. Limits decide whether a run ends, never its bytes.
 *
 * @throws UsageError
 */
export async function limitsFrom(words: readonly string[], usage: string): Promise<Partial<DataLimits>> {
  const { dataLimits } = await import("@refit/core/spec");
  const limits: Partial<Record<keyof DataLimits, number>> = {};
  for (const word of words) {
    const [, name = "", value = ""] = /^(\w+)=(.+)$/.exec(word) ?? [];
    const known = isLimit(name, dataLimits.shape);
    const { success, data } = known ? dataLimits.shape[name].safeParse(Number(value)) : { success: false, data: 0 };
    if (!known || !success || data === undefined) {
      const names = Object.keys(dataLimits.shape).join(", ");
      throw new UsageError(
        known
          ? `--limit ${word} is not a number that ${name} can have; \`refit schema data-manifest\` tells which.`
          : `--limit ${word} is not NAME=NUMBER with one of the names ${names}.`,
        usage,
      );
    }
    limits[name] = data;
  }
  return limits;
}

function isLimit(name: string, shape: object): name is keyof DataLimits {
  return Object.hasOwn(shape, name);
}
