/** What tells whether a file is another one, without reading it. */
export interface FileStamp {
  /** Equal ids: the same file, which nothing has written since. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly writtenAt: number;
  /** Its own name, at the end of links. */
  readonly name: string;
}

/** Files that a person names on a command line, and the input and output of the process. Paths are absolute. */
export interface Streams {
  /** Whether there is a file, at the end of links. */
  isFile(path: string): Promise<boolean>;
  /** Looks at a file, at the end of links; `null`: there is none. */
  stamp(path: string): Promise<FileStamp | null>;
  /** Puts all that comes in into a file. */
  takeInput(path: string): Promise<void>;
  /** Hands a file out. Whoever reads it may stop early. */
  giveOutput(path: string): Promise<void>;
  /** Puts a copy of a file in a place: all of it, or nothing. */
  place(path: string, to: string): Promise<void>;
}
