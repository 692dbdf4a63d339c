import { type Condition, holds } from "./condition.ts";
import type { Manifest } from "./manifest-schema.ts";
import { type ManifestText, manifestTexts } from "./manifest-texts.ts";
import type { InputValues } from "./parse-answers.ts";

/** The texts of the manifest that are about something that the answers ask for; no others are rendered. */
export function textsInForce(manifest: Manifest, values: InputValues): readonly ManifestText[] {
  return manifestTexts(manifest).filter(({ path }) => holds(conditionAt(manifest, path), values));
}

function conditionAt(
  { repository, issues }: Manifest,
  [group, name, place]: readonly PropertyKey[],
): Condition | undefined {
  if (group === "issues" && typeof name === "number") return issues[name]?.when;
  if (group !== "repository" || typeof place !== "number") return undefined;
  if (name === "labels" || name === "milestones" || name === "teams") return repository[name][place]?.when;
  return undefined;
}
