import type { InstantPredictor, Learner } from "@refit/core/runtime";
import { describeFeatures } from "../model-header.ts";
import { gbdt } from "../gbdt/gbdt.ts";
import { linear } from "../linear/linear.ts";
import { progressOf } from "../progress.ts";
import { loadAuto } from "./load-auto.ts";
import { readAuto, writeAuto, type StoredMember } from "./model-file.ts";
import { portfolio } from "./portfolio.ts";
import { search, type Found } from "./search.ts";
import { autoDescriptor, type AutoSettings, type Member, type MemberSettings } from "./settings.ts";
import { fitMember, type SearchRequest } from "./trial.ts";

/** Chooses among trees and linear models, and mixes up to three of them. */
export const auto = autoAmong(portfolio);

/** @param all configurations that are tried. */
export function autoAmong(all: readonly MemberSettings[]): Learner<AutoSettings, InstantPredictor> {
  return {
    ...autoDescriptor,
    searches: true,
    answersAtOnce: true,
    async fit(request) {
      const { task, classes, train, settings } = request;
      const found =
        settings.chosen === undefined ? await search(request, all) : await trained(request, settings.chosen);
      const training = settings.training ?? found.training ?? {};
      return writeAuto({ task, classes, features: describeFeatures(train.features), members: found.members, training });
    },
    settle(settings, files) {
      const { members, training } = readAuto(files);
      const chosen = members.map(({ share, settings: ofMember }) => ({ share, settings: ofMember }));
      return { ...settings, ...(Object.keys(training).length > 0 && { training }), chosen };
    },
    async load(files) {
      readAuto(files);
      return loadAuto(files, { gbdt: gbdt.load, linear: linear.load });
    },
  };
}

/** The members that were chosen before, on these rows. */
async function trained(request: SearchRequest, chosen: readonly Member[]): Promise<Found> {
  const progress = progressOf(chosen.length, request.onProgress);
  const members: StoredMember[] = [];
  for (const [place, { share, settings }] of chosen.entries()) {
    const model = await fitMember(request, settings, request);
    members.push({ share, settings, model });
    progress(place + 1);
  }
  return { members };
}
