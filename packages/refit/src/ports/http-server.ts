/** A version that answers requests, and how its files are read. */
export interface FoundFiles {
  /** Equal ids: equal files. */
  readonly id: string;
  readonly treeId: string;
  /** For display, such as `v7`. */
  readonly version: string;
  /** Why it is not what is live, but the last that can answer, in a sentence; `null`: it is. */
  readonly stale: string | null;
  read(path: string): Promise<Uint8Array | null>;
}

/** A model whose live version is looked for again and again. */
export interface FollowedSource {
  readonly name: string;
  find(): Promise<FoundFiles>;
}

/** A model as it answers now. */
export interface AnsweringModel {
  readonly name: string;
  /** `null`: none could be loaded yet. */
  readonly version: { readonly version: string | null; readonly treeId: string } | null;
  /** Why what answers may not be what is live; `null`: it is. */
  readonly stale: string | null;
}

export interface ServingRequest {
  readonly models: readonly FollowedSource[];
  /** Brings what the remote has, before each look; left out: only this clone is looked at. It throws where the remote has not answered. */
  readonly bring?: () => Promise<void>;
  /** Left out: 127.0.0.1. */
  readonly host?: string;
  /** Left out: 8080. */
  readonly port?: number;
  readonly pollMilliseconds: number;
  readonly onListening: (address: string) => void;
  readonly onChange: (model: AnsweringModel) => void;
  readonly onError: (error: unknown, requestId: string) => void;
}

export interface HttpServer {
  /**
   * Answers until the process is told to end, by SIGTERM or SIGINT, and every request in flight has its answer.
   *
   * @throws PackageMissingError; an error with the code of the system, such as `EADDRINUSE`, where it cannot listen
   */
  serve(request: ServingRequest): Promise<void>;
}
