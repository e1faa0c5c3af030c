import type { Finding } from "@refit/core/data";
import { futureFindings, inputsOf } from "../data/future-knowledge.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { read } from "../rooms/read.ts";
import { takeSnapshot } from "../rooms/snapshot.ts";

type CheckPorts = Parameters<typeof read>[0] & Parameters<typeof takeSnapshot>[0] & Pick<Ports, "scratch" | "tables">;

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

/** Checks data and preparation as they are in the work tree, and tries more thoroughly than a run whether a feature knows the future. */
export async function checkModel(ports: CheckPorts, repository: Repository, model: string): Promise<ModelCheck> {
  const context = await read(ports, repository, { model, force: null, dryRun: true });
  const snapshot = await takeSnapshot(ports, context);
  if (snapshot.blocked) return { model, findings: snapshot.findings, prepared: null };
  const { withPrepared } = await import("../rooms/retrain.ts");
  return withPrepared<ModelCheck>(ports, context, snapshot, {
    broken: async (findings) => ({ model, findings: [...snapshot.findings, ...findings], prepared: null }),
    async prepared({ table, featureSpec, findings }) {
      const features = inputsOf(featureSpec);
      ports.out.progress("Altering the future");
      const { compared, ...tried } = await table.futureReads(features, true);
      const others = findings.filter(({ code }) => !["future-knowledge", "row-order"].includes(code));
      return {
        model,
        findings: [...snapshot.findings, ...others, ...futureFindings(tried)],
        prepared: { rows: table.rows, features, hasTime: context.spec.time !== undefined, compared },
      };
    },
  });
}
