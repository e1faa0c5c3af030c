import { LearnerMissingError } from "@refit/core/errors";
import type { Learner } from "@refit/core/runtime";
import { algorithmVersions } from "@refit/tabular/versions";
import type { Learners } from "../../ports/learners.ts";

/** The learners of `@refit/tabular`; others are packages of their own. */
export const installedLearners: Learners = {
  algorithmVersion(name) {
    return (algorithmVersions as Readonly<Record<string, number>>)[name] ?? null;
  },
  async get(name) {
    if (!(name in algorithmVersions)) throw new LearnerMissingError(name);
    const { learners } = await import("@refit/tabular");
    return (learners as Readonly<Record<string, Learner>>)[name]!;
  },
};
