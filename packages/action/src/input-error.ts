/** The workflow asks for something that cannot be; its message is all that a person needs. */
export class InputError extends Error {
  override readonly name = "InputError";
}
