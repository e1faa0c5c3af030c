import type { Finding } from "@refit/core/data";
import { proposalBranch, readHistory } from "@refit/core/history";
import type { DataManifest } from "@refit/core/spec";
import { futureFindings, inputsOf } from "../data/future-knowledge.ts";
import { withKeptTables } from "../data/kept-tables.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { nothingRemembered, type Context } from "../products/context.ts";
import { readSpecs } from "../rooms/read.ts";
import { takeSnapshot } from "../rooms/snapshot.ts";

type CheckPorts = Parameters<typeof readSpecs>[0] &
  Parameters<typeof takeSnapshot>[0] &
  Pick<Ports, "scratch" | "tables">;

/** What a check of a model's data and features found, before anything is trained. */
export interface ModelCheck {
  readonly model: string;
  /** Of the data; then, where these do not block, of the prepared rows. */
  readonly findings: readonly Finding[];
  /** `null`: the data block. */
  readonly prepared: {
    readonly rows: number;
    /** Columns that become features. */
    readonly features: readonly string[];
    /** Whether the model has a `time`; without it nothing says what was known when. */
    readonly hasTime: boolean;
    /** Rows that were compared while the future was altered, over all tries; 0: nothing could be tried. */
    readonly compared: number;
  } | null;
}

/**
 * Checks spec, manifest, data and preparation as they are in the work tree, and tries more thoroughly than a run whether a feature knows
 * the future. The answer follows from these files alone, so that it can be cached by them: it reads no history, asks no forge and does
 * not look at the clock.
 *
 * @param repository of `git.withoutHistory`.
 */
export function checkModel(ports: CheckPorts, repository: Repository, model: string): Promise<ModelCheck> {
  const alone = withoutPast(ports);
  return withKeptTables(alone, repository.commonDir, (kept) => checkAlone(kept, repository, model));
}

async function checkAlone(ports: CheckPorts, repository: Repository, model: string): Promise<ModelCheck> {
  const specs = await readSpecs(ports, repository, model, { workTree: true });
  const context = firstContext(repository, model, { ...specs, manifest: atAnyAge(specs.manifest) });
  const snapshot = await takeSnapshot(ports, context);
  if (snapshot.blocked) return { model, findings: snapshot.findings, prepared: null };
  const { withPrepared } = await import("../rooms/retrain.ts");
  return withPrepared<ModelCheck>(ports, context, snapshot, {
    broken: async (findings) => ({ model, findings: [...snapshot.findings, ...findings], prepared: null }),
    async prepared({ table, featureSpec, findings }) {
      const features = inputsOf(featureSpec);
      ports.out.progress("Testing for use of the future");
      const { compared, ...tried } = await table.futureReads(features, true);
      const others = (await findings()).filter(({ code }) => !["future-knowledge", "row-order"].includes(code));
      return {
        model,
        findings: [...snapshot.findings, ...others, ...futureFindings(tried)],
        prepared: { rows: table.rows, features, hasTime: context.spec.time !== undefined, compared },
      };
    },
  });
}

/** History names nobody, and no row lies in the future. */
function withoutPast(ports: CheckPorts): CheckPorts {
  return {
    ...ports,
    git: { ...ports.git, log: async () => new Map() },
    clock: { ...ports.clock, now: () => Infinity },
  };
}

/** Whether the newest row is too old is another question tomorrow. */
function atAnyAge(manifest: DataManifest): DataManifest {
  const { maxAgeDays: _, ...checks } = manifest.checks;
  return { ...manifest, checks };
}

/** What the first run of a model knows: no version, and nothing that earlier runs have remembered. */
function firstContext(repository: Repository, model: string, specs: Pick<Context, "spec" | "manifest">): Context {
  return {
    request: { model, force: null, dryRun: true },
    repository,
    ...specs,
    history: readHistory([], () => {
      throw new Error("There is no version to ask about.");
    }),
    champion: null,
    ...nothingRemembered,
    branch: proposalBranch(model),
  };
}
