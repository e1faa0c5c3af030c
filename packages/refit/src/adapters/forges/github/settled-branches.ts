import { systemClock } from "../../clock.ts";
import type { Client } from "./client.ts";

/** Fewer are asked about one by one. */
const manyBranches = 8;
/** Branches of one question. */
const mostAtOnce = 100;
/** Milliseconds that an answer serves: while a model is trained, people close pull requests. */
const longestServed = 10_000;
/** Pull requests of one branch that are looked through for one that is not from a fork. */
const mostPulls = 5;

/**
 * Which of many branches have no pull request that is open or was closed unmerged: one question for a hundred of them. What it does not
 * know is asked for by itself, and each answer serves once.
 */
export function settledBranches(client: Client) {
  let expected = new Set<string>();
  let last: BatchAnswer | null = null;
  let isOff = false;

  return {
    expect(branches: readonly string[]): void {
      expected = new Set(branches);
    },

    /** @returns a branch whose newest pull request is merged, or that has none; `null`: GitHub has to be asked. */
    async take(branch: string, base: string): Promise<SettledBranch | null> {
      if (!expected.delete(branch)) return null;
      const isServed = last !== null && last.base === base && systemClock.now() - last.askedAt < longestServed;
      // An answer that is on its way serves as well: a model whose settings are wrong is over before it comes.
      if (isServed && last!.asked.has(branch)) return (await last!.settled).get(branch) ?? null;
      if (isOff || expected.size < manyBranches) return null;
      // This one is asked for by itself, and so a token that may not list pull requests is told.
      const asked = [...expected].slice(0, mostAtOnce);
      const settled = askAbout(client, asked, base).catch(() => {
        isOff = true;
        return new Map<string, SettledBranch>();
      });
      last = { base, askedAt: systemClock.now(), asked: new Set(asked), settled };
      await settled;
      return null;
    },
  };
}

export interface SettledBranch {
  /** Of the pull request that was merged; `null`: there is none. */
  readonly head: string | null;
}

interface BatchAnswer {
  readonly base: string;
  /** Epoch milliseconds. */
  readonly askedAt: number;
  readonly asked: ReadonlySet<string>;
  readonly settled: Promise<ReadonlyMap<string, SettledBranch>>;
}

/** @throws where GraphQL is shut off, or says something else */
async function askAbout(
  client: Client,
  branches: readonly string[],
  base: string,
): Promise<ReadonlyMap<string, SettledBranch>> {
  const page = `last: ${mostPulls}, orderBy: { field: CREATED_AT, direction: ASC }`;
  const asked = branches.map(
    (_, i) =>
      `b${i}: pullRequests(headRefName: $b${i}, baseRefName: $base, ${page}) { nodes { state isCrossRepository headRefOid } }`,
  );
  const names = branches.map((_, i) => `$b${i}: String!`).join(", ");
  const query = `query ($owner: String!, $repo: String!, $base: String!, ${names}) { repository(owner: $owner, name: $repo) { ${asked.join(" ")} } }`;
  const variables = { ...client.here, base, ...Object.fromEntries(branches.map((branch, i) => [`b${i}`, branch])) };
  const { repository } = await client.graphql<{ repository: Readonly<Record<string, PullsOfName>> }>(query, variables);
  return new Map(
    branches.flatMap((branch, i) => {
      const settled = settledBy(repository[`b${i}`]!);
      return settled === null ? [] : [[branch, settled] as const];
    }),
  );
}

/** Pull requests of one branch name, oldest first, as far as the answer is what was asked for. */
interface PullsOfName {
  readonly nodes: readonly {
    readonly state: unknown;
    readonly isCrossRepository: unknown;
    readonly headRefOid: unknown;
  }[];
}

function settledBy({ nodes }: PullsOfName): SettledBranch | null {
  const newest = nodes.findLast(({ isCrossRepository }) => isCrossRepository !== true);
  // Older ones than the page shows may be of this repository.
  if (newest === undefined) return nodes.length < mostPulls ? { head: null } : null;
  const { isCrossRepository, state, headRefOid: head } = newest;
  return isCrossRepository === false && state === "MERGED" && typeof head === "string" ? { head } : null;
}
