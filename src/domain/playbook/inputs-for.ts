import type { Manifest } from "./manifest-schema.ts";
import type { PlanTarget } from "./plan.ts";

/**
 * What a playbook asks for. A repository that is there has its name, whatever the playbook would have it be called: a name
 * of GitHub's is as harmless in any file as one of a pattern's.
 */
export function inputsFor({ inputs }: Pick<Manifest, "inputs">, target: PlanTarget["kind"]): Manifest["inputs"] {
  const { name } = inputs;
  if (target === "new" || name?.type !== "string") return inputs;
  const { pattern: _pattern, ...free } = name;
  return { ...inputs, name: free };
}
