import { parseGraphql, type Selection } from "./graphql-parser.ts";
import { GraphqlError } from "./graphql-error.ts";
import type { Node } from "./graphql-node.ts";
import { mutations } from "./graphql-mutations.ts";
import { queryRoot } from "./graphql-objects.ts";
import { Refusal, type Reply } from "./reply.ts";
import { route, writer, type Call, type Route } from "./router.ts";

/** @param unknown called with what the hub does not have */
export function graphqlRoutes(unknown: (name: string) => void): readonly Route[] {
  return [
    route("POST", "/graphql", [["metadata", "read"]], async (call) => {
      if (call.actor === null) throw new Refusal(401, "This endpoint requires you to be authenticated.");
      return execute(call, unknown);
    }),
  ];
}

async function execute(call: Call, unknown: (name: string) => void): Promise<Reply> {
  const source = typeof call.body["query"] === "string" ? call.body["query"] : "";
  const variables = (call.body["variables"] ?? {}) as Readonly<Record<string, unknown>>;
  try {
    const { kind, fields } = parseGraphql(source, variables);
    const root: Node = kind === "query" ? queryRoot(call.world, writer(call)) : mutationRoot(call);
    return { status: 200, body: { data: await project(root, fields, unknown) } };
  } catch (error) {
    if (error instanceof GraphqlError) return failed(fieldsOf(source, variables), error.type, error.message);
    if (error instanceof Refusal) return failed(fieldsOf(source, variables), "UNPROCESSABLE", error.message);
    if (error instanceof SyntaxError) return { status: 200, body: { errors: [{ message: error.message }] } };
    throw error;
  }
}

function failed(fields: readonly Selection[], type: string, message: string): Reply {
  const data = Object.fromEntries(fields.map((field) => [field.alias, null]));
  const path = fields.map((field) => field.alias).slice(0, 1);
  return { status: 200, body: { data, errors: [{ type, path, message }] } };
}

function fieldsOf(source: string, variables: Readonly<Record<string, unknown>>): readonly Selection[] {
  return parseGraphql(source, variables).fields;
}

function mutationRoot(call: Call): Node {
  const entries = Object.entries(mutations).map(([name, run]) => [
    name,
    async ({ input }: { readonly input: Readonly<Record<string, unknown>> }) => ({
      clientMutationId: input["clientMutationId"] ?? null,
      ...(await run(call, input)),
    }),
  ]);
  return { __typename: "Mutation", ...(Object.fromEntries(entries) as Node) };
}

/** The part of a node that was asked for. */
async function project(
  node: Node,
  fields: readonly Selection[],
  unknown: (name: string) => void,
): Promise<Record<string, unknown>> {
  const shown: Record<string, unknown> = {};
  for (const { name, alias, args, fields: inner, on } of fields) {
    const isInterface = on === "Node" || on === "Actor";
    if (on !== null && !isInterface && on !== node["__typename"]) continue;
    if (!(name in node)) {
      unknown(`graphql ${String(node["__typename"])}.${name}`);
      throw new GraphqlError("undefinedField", `Field '${name}' doesn't exist on type '${String(node["__typename"])}'`);
    }
    const held = node[name];
    const value: unknown = typeof held === "function" ? await (held as (given: unknown) => unknown)(args) : held;
    const inside = async (one: unknown) => (one === null ? null : project(one as Node, inner, unknown));
    if (inner.length === 0) shown[alias] = value;
    else shown[alias] = Array.isArray(value) ? await Promise.all(value.map(inside)) : await inside(value);
  }
  return shown;
}
