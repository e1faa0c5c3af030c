/** Files that a person names on a command line, and the input and output of the process. Paths are absolute. */
export interface Streams {
  /** Whether there is a file, at the end of links. */
  isFile(path: string): Promise<boolean>;
  /** Puts all that comes in into a file. */
  takeInput(path: string): Promise<void>;
  /** Hands a file out. Whoever reads it may stop early. */
  giveOutput(path: string): Promise<void>;
  /** Puts a copy of a file in a place: all of it, or nothing. */
  place(path: string, to: string): Promise<void>;
}
