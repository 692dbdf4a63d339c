import type { Input } from "./input-schema.ts";
import type { Manifest } from "./manifest-schema.ts";
import { readPattern } from "./match-pattern.ts";

/** What a template may find at a name, known before anybody answered. */
export type Shape =
  | {
      readonly kind: "text";
      /** Whether it can be nothing but letters and digits of ASCII, `_`, `.`, `-`, and a team's `/`: harmless in any file. */
      readonly isTame: boolean;
    }
  | { readonly kind: "list"; readonly entry: Shape }
  | { readonly kind: "group"; readonly fields: ReadonlyMap<string, Shape> };

export const tameText: Shape = { kind: "text", isTame: true };
export const freeText: Shape = { kind: "text", isTame: false };

/** What a template sees: `inputs`, `playbook` and `repository`, and nothing else. */
export function rootShape({ inputs }: Pick<Manifest, "inputs">, more: ReadonlyMap<string, Shape>): Shape {
  const answers = Object.entries(inputs).map(([name, input]) => [name, shapeOf(input)] as const);
  return group([
    ["inputs", { kind: "group", fields: new Map([...answers, ...more]) }],
    ["playbook", playbookShape],
    ["repository", repositoryShape],
  ]);
}

/** What an answer is to templates. */
export function shapeOf(input: Input): Shape {
  if (input.type === "string") return isTame(input) && !input.multiline ? tameText : freeText;
  if (input.type === "list") return { kind: "list", entry: isTame(input) || input.options ? tameText : freeText };
  return tameText;
}

function isTame({ pattern }: { readonly pattern?: string | undefined }): boolean {
  const reading = pattern === undefined ? null : readPattern(pattern);
  return reading?.ok === true && reading.pattern.isTame;
}

function group(fields: readonly (readonly [string, Shape])[]): Shape {
  return { kind: "group", fields: new Map(fields) };
}

const playbookShape = group([
  ["name", tameText],
  ["title", freeText],
  ["description", freeText],
  ["version", tameText],
  ["lifecycle", tameText],
  ["license", freeText],
  ["authors", { kind: "list", entry: freeText }],
]);

const repositoryShape = group([
  ["name", tameText],
  ["owner", tameText],
  ["title", freeText],
  ["description", freeText],
  ["visibility", tameText],
]);
