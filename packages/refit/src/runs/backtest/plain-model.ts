import path from "node:path";
import type { FeatureSpec } from "@refit/core/data";
import { RefitError } from "@refit/core/errors";
import { parseFeatureSpec, readHistory } from "@refit/core/history";
import type { ArtifactFiles } from "@refit/core/runtime";
import { digestOfInputs } from "../../data/input-digests.ts";
import type { Ports } from "../../ports/index.ts";
import type { Context } from "../../products/context.ts";
import type { Snapshot } from "../../products/snapshot.ts";
import { openSealedJson, sealJson } from "../../sealed-json.ts";
import { decodeText, encodeText } from "../../text.ts";
import type { ArrivedData } from "./arrived-files.ts";
import type { Plan } from "./plan.ts";

/** A model with its transform, as it would ship. */
export interface PlainModel {
  readonly learner: string;
  readonly featureSpec: FeatureSpec;
  readonly artifact: ArtifactFiles;
}

type PlainPorts = Pick<Ports, "clock" | "files" | "git" | "learners" | "out" | "scratch" | "sources" | "tables">;

/** What a run knows of a model that has no version yet. */
export function contextOf({ model, repository, spec, manifest }: Plan): Context {
  return {
    request: { model, force: null, dryRun: true },
    repository,
    spec,
    manifest,
    history: readHistory([], () => ({ broken: null }) as never),
    champion: null,
    lastRolledBack: null,
    ledger: [],
    ledgerCommit: null,
    ledgerUnpushed: false,
    ledgerLost: false,
    unrecorded: [],
    proposal: null,
    sharedHead: null,
    heldBranch: null,
  };
}

/**
 * The model of a schedule: today's settings, trained on all rows that have come, by the rooms of a first model, and shipped
 * without a judgement. @returns `null` where there are too few rows, or none that can be learned from.
 */
export async function trainPlain(ports: PlainPorts, plan: Plan, data: ArrivedData): Promise<PlainModel | null> {
  const context = contextOf(plan);
  const snapshot = snapshotOf(ports, context, data);
  // As in a run: whoever plans a replay and does none loads nothing of it.
  const { finalFit, train, withPrepared } = await import("../../rooms/retrain.ts");
  try {
    return await withPrepared(ports, context, snapshot, async (prepared) => {
      const training = await train(ports, context, prepared);
      const { artifact, featureSpec } = await finalFit(ports, context, prepared, training);
      return { learner: training.challenger.settings.learner, featureSpec, artifact };
    });
  } catch (error) {
    if (error instanceof RefitError) return null;
    throw error;
  }
}

function snapshotOf(ports: Pick<Ports, "learners">, context: Context, { files, findings }: ArrivedData): Snapshot {
  return {
    files: [],
    sources: files.map((source) => ({ source, sha256: source.sha256 })),
    rows: 0,
    findings,
    blocked: false,
    digests: digestOfInputs(ports, context, files),
    newFiles: [],
    newProfile: null,
  };
}

/** The models of the steps so far, so that a replay that goes on has them. */
export function plainModels(files: Ports["files"], { folder }: Plan) {
  const placeOf = (step: number) => path.join(folder, "plain", `${String(step).padStart(5, "0")}.json`);
  const known = new Map<number, PlainModel | null>();
  return {
    async keep(step: number, model: PlainModel | null): Promise<void> {
      known.set(step, model);
      const artifact = [...(model?.artifact ?? [])].map(([file, bytes]) => [
        file,
        Buffer.from(bytes).toString("base64"),
      ]);
      await files.write(placeOf(step), encodeText(sealJson(model && { ...model, artifact })), { lasting: false });
    },
    async of(step: number): Promise<PlainModel | null> {
      if (!known.has(step)) known.set(step, await read(step));
      return known.get(step)!;
    },
  };

  async function read(step: number): Promise<PlainModel | null> {
    const bytes = await files.read(placeOf(step));
    const stored = (bytes && openSealedJson(decodeText(bytes))?.value) as Stored | null | undefined;
    if (stored === null || stored === undefined) return null;
    const { learner, featureSpec, artifact } = stored;
    return {
      learner,
      featureSpec: parseFeatureSpec(JSON.stringify(featureSpec)),
      artifact: new Map(artifact.map(([file, text]) => [file, Buffer.from(text, "base64")])),
    };
  }
}

interface Stored {
  readonly learner: string;
  readonly featureSpec: unknown;
  readonly artifact: readonly (readonly [string, string])[];
}
