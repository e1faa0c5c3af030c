import path from "node:path";
import type { Line, LineNight } from "@refit/core/backtest";
import { RefitError } from "@refit/core/errors";
import { parseFeatureSpec } from "@refit/core/history";
import type { Ports } from "../../ports/index.ts";
import type { RowContext } from "../../products/context.ts";
import type { FetchedFile } from "../../ports/sources.ts";
import { fetchedTables, type ArrivedData } from "./arrived-files.ts";
import { artifactOf, keptArtifact, type KeptArtifact } from "./kept-artifact.ts";
import { keep, readKept } from "./kept-json.ts";
import type { Past, Plan } from "./plan.ts";
import type { Answering } from "./score-window.ts";

type UnjudgedPorts = Pick<
  Ports,
  "clock" | "files" | "git" | "largeFiles" | "learners" | "out" | "scratch" | "sources" | "tables"
>;

/** What reading rows needs to know where there is no version yet. */
export function contextOf({ model, repository, spec, manifest }: Past): RowContext {
  return {
    request: { model, force: null, dryRun: true },
    repository,
    spec,
    manifest,
    champion: null,
    ledger: [],
    ledgerCommit: null,
  };
}

/**
 * The model of a schedule: today's settings, trained on all rows that have come, by the rooms of a first model, and shipped
 * without a judgement. @returns `null` where there are too few rows, or none that can be learned from.
 */
export async function trainUnjudged(ports: UnjudgedPorts, past: Past, data: ArrivedData): Promise<Answering | null> {
  const context = contextOf(past);
  const named = (files: readonly FetchedFile[]) => files.map((source) => ({ source, sha256: source.sha256 }));
  const tables = new Map([...fetchedTables(data)].map(([name, files]) => [name, named(files)]));
  const sources = named(data.files);
  // As in a run: whoever plans a replay and does none loads nothing of it.
  const { finalFit, train, withPrepared } = await import("../../rooms/retrain.ts");
  try {
    return await withPrepared<Answering | null>(
      ports,
      context,
      { sources, tables },
      {
        broken: async () => null,
        async prepared(prepared) {
          const training = await train(ports, context, prepared);
          const { artifact, featureSpec } = await finalFit(ports, context, prepared, training);
          return { learner: training.challenger.settings.learner, featureSpec, artifact };
        },
      },
    );
  } catch (error) {
    if (error instanceof RefitError) return null;
    throw error;
  }
}

export interface ScheduledModels {
  keep(night: number, model: Answering | null): Promise<void>;
  /** What a line that decides nothing has live in a night; `null`: nothing yet, or it has no models. */
  of(line: Line, night: number): Promise<Answering | null>;
}

/** The models of the nights so far, so that a replay that goes on has them. */
export function scheduledModels(files: Ports["files"], plan: Plan): ScheduledModels {
  const placeOf = (night: number) => path.join(plan.folder, "scheduled", `${String(night).padStart(5, "0")}.json`);
  const known = new Map<number, Answering | null>();
  const modelOf = async (night: number) => {
    if (!known.has(night)) known.set(night, await read(files, placeOf(night)));
    return known.get(night)!;
  };
  return {
    async keep(night, model) {
      known.set(night, model);
      const stored: Stored | null = model && { ...model, artifact: keptArtifact(model.artifact) };
      await keep(files, placeOf(night), stored);
    },
    async of(line, night) {
      if (line.kind === "never") return firstOf(upTo(night, 1).toReversed());
      const every = nightsBetween(line, plan);
      return every === null ? null : firstOf(upTo(night, every));
    },
  };

  async function firstOf(nights: readonly number[]): Promise<Answering | null> {
    for (const night of nights) {
      const model = await modelOf(night);
      if (model !== null) return model;
    }
    return null;
  }
}

/** Multiples of a number up to another one, the largest first. */
function upTo(most: number, every: number): number[] {
  return Array.from({ length: Math.floor(most / every) + 1 }, (_, i) => i * every).toReversed();
}

/** Nights between the models of a schedule; `null`: it has one model, or none. */
function nightsBetween({ everyDays }: Line, { span }: Plan): number | null {
  return everyDays === null ? null : Math.round(everyDays / span.everyDays);
}

/** What a line that decides nothing does in a night. */
export function scheduledNight(line: Line, night: number, plan: Plan): Omit<LineNight, "metrics"> {
  const every = nightsBetween(line, plan);
  const trains = every === null ? line.kind === "never" && night === 0 : night % every === 0;
  return { decision: null, because: [], against: [], retrained: trains, promoted: trains, version: null };
}

interface Stored {
  readonly learner: string;
  readonly featureSpec: unknown;
  readonly artifact: KeptArtifact;
}

async function read(files: Pick<Ports["files"], "read">, place: string): Promise<Answering | null> {
  const stored = (await readKept<Stored | null>(files, place))?.value ?? null;
  if (stored === null) return null;
  const { learner, featureSpec, artifact } = stored;
  return { learner, featureSpec: parseFeatureSpec(JSON.stringify(featureSpec)), artifact: artifactOf(artifact) };
}
