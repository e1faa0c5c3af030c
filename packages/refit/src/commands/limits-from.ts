import { UsageError } from "@refit/core/errors";
import { dataLimits, type DataLimits } from "@refit/core/spec";

/** What a person has said of limits; undefined where nothing was said. */
interface LimitWords {
  readonly memory?: string | undefined;
  readonly limit?: readonly string[] | undefined;
}

/**
 * What whoever runs the command says of the machine that it runs on. It counts more than the data manifest, which is
 * written for all machines: it may lower a limit as well as raise it. Limits decide whether a run ends, never its bytes.
 *
 * @throws UsageError
 */
export function limitsFrom({ memory, limit = [] }: LimitWords, usage: string): Partial<DataLimits> {
  const limits: Partial<Record<keyof DataLimits, number>> = {};
  for (const word of limit) {
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
  if (memory === undefined) return limits;
  if (limits.memoryMiB !== undefined)
    throw new UsageError("--memory and --limit memoryMiB say the same thing; give one of them.", usage);
  const { success, data } = dataLimits.shape.memoryMiB.safeParse(mebibytes(memory));
  if (!success || data === undefined)
    throw new UsageError(`--memory ${memory} is not a size of at least 64MiB, such as 800MiB or 4GiB.`, usage);
  return { ...limits, memoryMiB: data };
}

/** @returns NaN for what is not a size. @example mebibytes("1.5GiB") === 1536 */
function mebibytes(size: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(MiB|GiB)$/i.exec(size) ?? [];
  return Math.floor(Number(number) * (unit?.toLowerCase() === "gib" ? 1024 : 1));
}

function isLimit(name: string, shape: object): name is keyof DataLimits {
  return Object.hasOwn(shape, name);
}
