import type { LoadedVersion, LoadOptions } from "@refit/runtime";
import { canaryGuard, type CanaryGuard } from "./canary-guard.ts";
import { openFound, retireRaw, saidByError, type FollowedVersion, type FoundVersion } from "./followed-version.ts";
import type { ServedCanary } from "./served-canary.ts";

/** A version beside the live one, where it lies. */
export interface FoundCanary extends FoundVersion {
  /** Share of the keys that it answers, in percent; 0 where that cannot be read. */
  readonly percent: number;
  /** Why that cannot be read, in a sentence; `null` or left out: it can. */
  readonly problem?: string | null;
}

/** What follows a canary beside its champion. */
export interface CanaryFollower {
  readonly canary: ServedCanary | null;
  /** What the tree gives no longer ends at once, before anything is loaded. */
  lower(found: FoundCanary | null): void;
  /** Loads what is new, and gives it its share. It never throws, and nobody needs to wait for it. */
  follow(found: FoundCanary | null, champion: LoadedVersion): Promise<void>;
  close(): void;
}

interface CanaryOptions {
  readonly loading: LoadOptions;
  /** Told when another canary is asked, when its share changes, and when something speaks against it. */
  readonly onChange: () => void;
}

interface CurrentCanary {
  readonly id: string;
  readonly opened: FollowedVersion | null;
  readonly served: ServedCanary;
}

export function canaryFollower(name: string, { loading, onChange }: CanaryOptions): CanaryFollower {
  let current: CurrentCanary | null = null;
  /** What the tree had at the last look: what was opened for an earlier one gets the share of today, or is dropped. */
  let wanted: FoundCanary | null = null;
  let opening: { readonly id: string; readonly done: Promise<void> } | null = null;
  // What has stopped one holds for its tree id as long as the process lives, also when it is taken back and put there again.
  const guards = new Map<string, CanaryGuard>();

  const put = (next: CurrentCanary | null) => {
    const before = current;
    current = next;
    if (before?.opened?.raw !== next?.opened?.raw) retireRaw(before?.opened?.raw);
    if (saidOfCanary(before) !== saidOfCanary(next)) onChange();
  };
  const guardOf = (treeId: string) => {
    const known = guards.get(treeId) ?? canaryGuard(onChange);
    guards.set(treeId, known);
    return known;
  };
  async function open(found: FoundCanary, champion: LoadedVersion): Promise<void> {
    const { id } = found;
    const before = current?.id === id ? current.opened : null;
    try {
      const opened = await openFound(name, found, { loading, before });
      if (wanted?.id !== id) return retireRaw(opened.raw);
      const { version, raw } = opened;
      const share = shareOf(wanted);
      const why = whyNotBeside(version, champion);
      const loaded = why === null ? { version, raw, guard: guardOf(version.treeId) } : null;
      put({ id, opened, served: { ...share, loaded, problem: why ?? share.problem } });
    } catch (error) {
      if (wanted?.id === id) put(unopened(wanted, saidByError(error)));
    }
  }
  return {
    get canary() {
      return current?.served ?? null;
    },
    lower(found) {
      wanted = found;
      if (opening !== null && opening.id !== found?.id) opening = null;
      if (current === null) return;
      if (found?.id !== current.id) return put(null);
      if (found.percent < current.served.percent) put({ ...current, served: { ...current.served, ...shareOf(found) } });
    },
    async follow(found, champion) {
      wanted = found;
      if (found === null) return put(null);
      // One that takes long to open is not begun again at each look.
      if (opening !== null && opening.id === found.id) return opening.done;
      const done = open(found, champion).finally(() => {
        if (opening?.done === done) opening = null;
      });
      opening = { id: found.id, done };
      return done;
    },
    close() {
      wanted = null;
      retireRaw(current?.opened?.raw);
    },
  };
}

const shareOf = ({ percent, problem = null }: FoundCanary) => ({ percent, problem });

const unopened = (found: FoundCanary, problem: string): CurrentCanary => ({
  id: found.id,
  opened: null,
  served: { loaded: null, percent: found.percent, problem },
});

/** What a person would want to hear of it. */
function saidOfCanary(current: CurrentCanary | null): string | null {
  if (current === null) return null;
  const { percent, problem, loaded } = current.served;
  return JSON.stringify([current.id, percent, problem, loaded !== null]);
}

/** Why answers of a version cannot stand in place of the champion's; `null`: they can. */
function whyNotBeside({ target, treeId }: LoadedVersion, champion: LoadedVersion): string | null {
  if (treeId === champion.treeId) return "It is the version that is live.";
  const textOf = ({ name, task, classes }: LoadedVersion["target"]) => JSON.stringify([name, task, classes]);
  if (textOf(target) === textOf(champion.target)) return null;
  return `Its target is not that of the champion: name, task and classes have to be the same.`;
}
