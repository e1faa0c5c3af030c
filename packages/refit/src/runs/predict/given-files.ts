import path from "node:path";
import { UsageError } from "@refit/core/errors";
import { sourceFormat, unreadEnding, type SourceFormat } from "@refit/core/spec";
import { quoteForTerminal } from "@refit/core/report";
import type { Ports } from "../../ports/index.ts";
import type { FetchedFile } from "../../ports/sources.ts";
import { sha256 } from "../../sha256.ts";

/** The word for standard input and output. */
export const standard = "-";

type GivenPorts = Pick<Ports, "streams" | "workTree">;

export interface GivenNames {
  /** As a person wrote them; `-` is standard input. */
  readonly names: readonly string[];
  /** What standard input has. */
  readonly format: SourceFormat["format"];
  /** Where standard input is put. */
  readonly folder: string;
  readonly usage: string;
}

/** The files of a command line, to be opened as they are, where they are. @throws UsageError */
export async function givenFiles(ports: GivenPorts, given: GivenNames): Promise<FetchedFile[]> {
  if (given.names.filter((name) => name === standard).length > 1)
    throw new UsageError("Standard input (-) can be read once.", given.usage);
  const files: FetchedFile[] = [];
  for (const [i, name] of given.names.entries()) {
    const at = name === standard ? await standardInput(ports, given) : await namedFile(ports, name, given.usage);
    const identity = sha256(`${i} ${at.localPath}`);
    files.push({
      path: name === standard ? "standard input" : name,
      bytes: 0,
      blob: null,
      identity,
      sha256: identity,
      ...at,
    });
  }
  return files;
}

type GivenPlace = SourceFormat & Pick<FetchedFile, "localPath">;

async function standardInput({ streams }: GivenPorts, { format, folder }: GivenNames): Promise<GivenPlace> {
  const localPath = path.join(folder, `input.${format}`);
  await streams.takeInput(localPath);
  return { format, delimiter: null, localPath };
}

async function namedFile({ streams, workTree }: GivenPorts, name: string, usage: string): Promise<GivenPlace> {
  const localPath = path.resolve(workTree.here, name);
  const format = formatOf(name, usage);
  if (!(await streams.isFile(localPath))) throw new UsageError(`There is no file ${quoteForTerminal(name)}.`, usage);
  return { ...format, localPath };
}

/** How a file is read or written, by its name. @throws UsageError */
export function formatOf(name: string, usage: string): SourceFormat {
  const format = sourceFormat(name);
  if (format === null) throw new UsageError(`${quoteForTerminal(name)} cannot be used: ${unreadEnding(name)}`, usage);
  return format;
}
