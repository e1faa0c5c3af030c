/** An error in the answer of a GraphQL request, which is 200 all the same. */
export class GraphqlError extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}
