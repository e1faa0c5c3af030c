/** The program of the system that shows a file to a person. */
export interface Opener {
  /** @param file absolute. @returns the program that was started; `null`: there is none. */
  open(file: string): Promise<string | null>;
}
