import { Visitor, parseSync } from "vite";

import type { TextFile } from "./repository.ts";

interface Declared {
  readonly id?: { readonly name: string } | null;
  readonly declarations?: readonly { readonly id: { readonly name?: string } }[];
}

/** Names that a file gives to the world: what it exports, and every type; what it hands on from another file is not counted. */
export function givenNames({ path, text }: TextFile): readonly string[] {
  const names = new Set<string>();
  const take = ({ id }: { readonly id: { readonly name: string } }) => void names.add(id.name);
  new Visitor({
    ExportNamedDeclaration({ declaration }) {
      if (declaration === null) return;
      const { id, declarations } = declaration as unknown as Declared;
      for (const name of [id?.name, ...(declarations ?? []).map((each) => each.id.name)]) {
        if (name !== undefined) names.add(name);
      }
    },
    TSInterfaceDeclaration: take,
    TSTypeAliasDeclaration: take,
  }).visit(parseSync(path, text).program);
  return [...names];
}

/** Names that more than one file gives, as `<name>: <paths>`, sorted. */
export function ambiguousNames(files: readonly TextFile[]): readonly string[] {
  const homes = new Map<string, string[]>();
  for (const file of files) {
    for (const name of givenNames(file)) homes.set(name, [...(homes.get(name) ?? []), file.path]);
  }
  return [...homes]
    .filter(([, paths]) => paths.length > 1)
    .map(([name, paths]) => `${name}: ${paths.join(", ")}`)
    .sort();
}
