/**
 * What shall go wrong. It applies to the first requests that match, REST, GraphQL and git alike, and is used up.
 *
 * Without `hang`, `reset` or `status`, and with `after`, the connection is cut when the work is done: "done, but
 * the answer was lost".
 */
export interface Fault {
  readonly method?: string;
  /** Path with query, without `/api/v3`: `/repos/octo/demo/pulls?state=open`, `/octo/demo.git/git-receive-pack`. */
  readonly path?: RegExp;
  /** Matching requests that pass first. Default 0. */
  readonly skip?: number;
  /** Default 1. */
  readonly times?: number;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Never answers. */
  readonly hang?: boolean;
  /** Cuts the connection. */
  readonly reset?: boolean;
  /** The request takes effect first. */
  readonly after?: boolean;
}

/** The answer to too many writes at once. */
export const secondaryLimit: Fault = {
  status: 403,
  headers: { "retry-after": "1" },
  body: {
    message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
    documentation_url: "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits",
  },
};

/** The hour's requests are used up; they come back at once, so that tests need not wait. */
export const primaryLimit: Fault = {
  status: 429,
  headers: { "retry-after": "1", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1" },
  body: { message: "API rate limit exceeded for installation.", documentation_url: "https://docs.github.com/rest" },
};

interface ArmedFault {
  readonly fault: Fault;
  skip: number;
  times: number;
}

/** The faults that are still to come, in the order in which they were asked for. */
export function faultQueue() {
  let queue: ArmedFault[] = [];
  return {
    add(fault: Fault): void {
      queue.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 });
    },
    clear(): void {
      queue = [];
    },
    /** Faults that were not met yet. */
    pending: () => queue.map(({ fault }) => fault),
    take(method: string, path: string): Fault | null {
      for (const armed of queue) {
        const { fault } = armed;
        if (fault.method !== undefined && fault.method !== method) continue;
        if (fault.path !== undefined && !fault.path.test(path)) continue;
        if (armed.skip > 0) {
          armed.skip -= 1;
          continue;
        }
        armed.times -= 1;
        if (armed.times <= 0) queue = queue.filter((one) => one !== armed);
        return fault;
      }
      return null;
    },
  };
}
