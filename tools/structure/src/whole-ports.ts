import { Visitor, parseSync } from "vite";

import type { TextFile } from "./repository.ts";

/** Doors, where all ports come in: commands, the runs that they start, the replay that starts runs, and the wiring. */
const doors =
  /^packages\/refit\/src\/(?:commands\/|runs\/run[^/]*\.ts$|runs\/backtest\/(?:backtest|replay-policy)\.ts$|wiring\.ts$)/;

interface Parameter {
  readonly type: string;
  readonly left?: Parameter;
  readonly typeAnnotation?: { readonly typeAnnotation: unknown } | null;
}

/** Parameters of one file that take all ports, as `<path>: <how many>`; empty for a file without, and for a door. */
export function takesAllPorts(file: TextFile): readonly string[] {
  if (doors.test(file.path)) return [];
  let count = 0;
  const look = ({ params }: { readonly params: readonly unknown[] }) => {
    count += (params as readonly Parameter[]).filter((parameter) => isPorts(parameter.left ?? parameter)).length;
  };
  new Visitor({ FunctionDeclaration: look, FunctionExpression: look, ArrowFunctionExpression: look }).visit(
    parseSync(file.path, file.text).program,
  );
  return count === 0 ? [] : [`${file.path}: ${count}`];
}

function isPorts({ typeAnnotation }: Parameter): boolean {
  const type = typeAnnotation?.typeAnnotation as
    | { readonly type: string; readonly typeName?: { readonly name?: string } }
    | undefined;
  return type?.type === "TSTypeReference" && type.typeName?.name === "Ports";
}
