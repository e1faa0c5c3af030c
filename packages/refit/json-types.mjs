// The types of `refit/json` as one file that needs no other package: what the command bundles is not installed with it.
import { fileURLToPath } from "node:url";

import { rolldown } from "rolldown";
import { dts } from "rolldown-plugin-dts";

const packages = fileURLToPath(new URL("..", import.meta.url));

/**
 * What zod's types say about a shape, for the schemas that the answers share with stored files. A word that is missing
 * here is an error where the packed types are checked (test/package).
 */
const zodTypes = `declare namespace z {
  namespace core {
    type $strict = unknown;
    type $loose = unknown;
    type $strip = unknown;
  }
  interface Shape<Value> {
    readonly value: Value;
  }
  interface ZodOptional<S extends Shape<unknown>> extends Shape<S["value"] | undefined> {
    readonly optional: true;
  }
  type Optional<S> = { [K in keyof S]: S[K] extends { readonly optional: true } ? K : never }[keyof S];
  type Values<S extends Record<string, Shape<unknown>>> = { [K in keyof S]: S[K]["value"] };
  type ZodType = Shape<unknown>;
  type ZodString = Shape<string>;
  type ZodNumber = Shape<number>;
  type ZodInt = Shape<number>;
  type ZodBoolean = Shape<boolean>;
  type ZodNull = Shape<null>;
  type ZodUnknown = Shape<unknown>;
  type ZodLiteral<Value> = Shape<Value>;
  type ZodEnum<Words> = Shape<Words[keyof Words]>;
  type ZodNullable<S extends Shape<unknown>> = Shape<S["value"] | null>;
  type ZodArray<S extends Shape<unknown>> = Shape<S["value"][]>;
  type ZodRecord<K extends Shape<string>, S extends Shape<unknown>> = Shape<Record<K["value"], S["value"]>>;
  type ZodUnion<S extends readonly Shape<unknown>[]> = Shape<S[number]["value"]>;
  type ZodDiscriminatedUnion<S extends readonly Shape<unknown>[], _Key = string> = ZodUnion<S>;
  type ZodObject<S extends Record<string, Shape<unknown>>, _Rest = unknown> = Shape<
    { [K in keyof Omit<Values<S>, Optional<S>>]: Values<S>[K] } & { [K in Optional<S>]?: Values<S>[K] }
  >;
  type infer<S extends Shape<unknown>> = S["value"];
}
`;

/** Bundles the compiled declarations of `src/commands/json.ts` with all that they name in our own packages. */
export async function writeJsonTypes(outDir) {
  const build = await rolldown({
    input: { json: `${packages}refit/dist/commands/json.d.ts` },
    external: ["zod", /^node:/],
    plugins: [
      {
        name: "our own packages, as compiled",
        resolveId(id) {
          const [, name, part = ""] = /^@refit\/(core|tabular)(\/.*)?$/.exec(id) ?? [];
          return name === undefined ? null : `${packages}${name}/dist${part}/index.d.ts`;
        },
      },
      dts({ dtsInput: true, tsconfig: false }),
      {
        name: "no zod",
        renderChunk(code) {
          // Paths of this machine, which the bundler notes above each module, are nobody else's.
          return code.replace(/^import \* as z from "zod";\n/m, zodTypes).replace(/^\/\/ .*\n/gm, "");
        },
      },
    ],
  });
  await build.write({ dir: outDir, format: "es" });
  await build.close();
}
