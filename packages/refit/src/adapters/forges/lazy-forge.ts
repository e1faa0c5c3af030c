import type { Forge } from "../../ports/forge.ts";
import type { OpenForge } from "./forge-adapter.ts";

/** What a forge is behind its name. */
export interface LoadedForge extends Omit<OpenForge, "forge"> {
  readonly forge: Omit<Forge, keyof ForgeFace>;
}

/** What is known of an open forge without loading it. */
export type ForgeFace = Pick<Forge, "name" | "limits" | "pullRequest">;

/** A forge whose libraries and settings are loaded by the first question. */
export function lazyForge(face: ForgeFace, load: () => Promise<LoadedForge>): OpenForge {
  let loading: Promise<LoadedForge> | null = null;
  let expected: readonly string[] = [];
  const loaded = async () => {
    const open = await (loading ??= load());
    if (expected.length > 0) open.forge.expect(expected);
    expected = [];
    return open;
  };
  return {
    forge: {
      ...face,
      proposal: async (...args) => (await loaded()).forge.proposal(...args),
      expect: (branches) => void (expected = branches),
      ensureProposal: async (...args) => (await loaded()).forge.ensureProposal(...args),
      ensureRemark: async (...args) => (await loaded()).forge.ensureRemark(...args),
      ensureSection: async (...args) => (await loaded()).forge.ensureSection(...args),
      alert: async (...args) => (await loaded()).forge.alert(...args),
      ensureAlert: async (...args) => (await loaded()).forge.ensureAlert(...args),
      ensureCheck: async (...args) => (await loaded()).forge.ensureCheck(...args),
    },
    publisher: {
      ensureRelease: async (...args) => (await loaded()).publisher.ensureRelease(...args),
      ensureDeployment: async (...args) => (await loaded()).publisher.ensureDeployment(...args),
    },
    reviews: { of: async (...args) => (await loaded()).reviews.of(...args) },
    dashboard: {
      ensure: async (...args) => (await loaded()).dashboard.ensure(...args),
      take: async (...args) => (await loaded()).dashboard.take(...args),
    },
    settings: { diagnose: async (...args) => (await loaded()).settings.diagnose(...args) },
  };
}
