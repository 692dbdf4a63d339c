import { decodeText } from "./check-files.ts";
import { commitText } from "./commit-text.ts";
import type { Manifest } from "./manifest-schema.ts";
import type { NamedPlan, Plan, PlannedFile, PlanPerson, PlanSource, PlanTarget } from "./plan.ts";
import { estimateCost } from "./plan-cost.ts";
import type { RenderedFile, RenderedPlaybook } from "./rendered-playbook.ts";

/** What a plan is made of. */
export interface PlanMaterial {
  readonly manifest: Manifest;
  readonly source: PlanSource;
  readonly requester: PlanPerson;
  readonly target: PlanTarget;
  readonly rendered: RenderedPlaybook;
  /** SHA-256 in hexadecimal digits. */
  readonly sha256: (content: string | Uint8Array) => string;
}

/** Says exactly what would be done. The same material makes the same plan and hash, wherever and whenever. */
export function createPlan({ manifest, source, requester, target, rendered, sha256 }: PlanMaterial): NamedPlan {
  const { name, title, version, lifecycle, license, authors } = manifest;
  const { inputs, repository, issues } = rendered;
  const files = rendered.files.map((file) => planFile(file, sha256));
  const playbook = { name, title, version, lifecycle, license, authors };
  const plan: Plan = {
    schema: 1,
    playbook,
    source,
    requester,
    inputs,
    target,
    repository,
    files,
    issues,
    commit: commitText({ playbook, requester, target }),
    cost: estimateCost({ target, repository, files, issues }),
  };
  return { plan, hash: sha256(canonicalText(plan)) };
}

/** JSON in which what is equal is written equally: names in order, no blanks. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalText(inner)}`).join(",")}}`;
}

function planFile({ path, mode, isRendered, bytes }: RenderedFile, sha256: PlanMaterial["sha256"]): PlannedFile {
  return { path, mode, isRendered, size: bytes.length, sha256: sha256(bytes), isBinary: decodeText(bytes) === null };
}
