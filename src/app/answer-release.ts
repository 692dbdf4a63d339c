import type { ReplyPart } from "../domain/command/compose-reply.ts";
import { inCode, mistake } from "../domain/command/mistake.ts";
import type { TaskOf } from "../domain/task.ts";
import { MissingPermission } from "../github/errors.ts";
import { acknowledgeRelease, type ReleaseOutcome } from "./acknowledge-release.ts";
import type { Deps } from "./deps.ts";

interface Asked {
  readonly task: TaskOf<"comment">;
  /** The command as it is written. */
  readonly source: string;
  readonly tag: string;
}

/** Has a release thank people, and says what came of it. Throws what GitHubClient throws. */
export async function answerRelease(deps: Deps, { task, source, tag }: Asked): Promise<ReplyPart> {
  const { installationId, repositoryId, owner, name } = task;
  const place = { installationId, repositoryId, owner, name, tag, releaseId: null };
  try {
    return toPart(await acknowledgeRelease(deps, place, { isAsked: true }), { source, tag });
  } catch (error) {
    if (!(error instanceof MissingPermission)) throw error;
    const cure = "An owner can grant it where the app is installed: `contents: write`.";
    return { ...mistake(`The app may not edit releases here. ${cure}`), source };
  }
}

function toPart(outcome: ReleaseOutcome, { source, tag }: Pick<Asked, "source" | "tag">): ReplyPart {
  const refuse = (text: string): ReplyPart => ({ ...mistake(text), source });
  switch (outcome.kind) {
    case "no release":
      return refuse(`There is no release ${inCode(tag)}. Save a draft of it, or check the spelling of its tag.`);
    case "no commit":
      return refuse(`The release ${inCode(tag)} has no tag any more, so that nobody can tell what is in it.`);
    case "not wanted":
      return refuse("This repository has moved. Write the command again there.");
    case "unplaced":
      return refuse(
        `In the text of ${inCode(tag)} there is no place for the thanks: it ends within code, or is too long.`,
      );
    case "added":
    case "replaced":
      return { kind: "release", ...aboutRelease(outcome), outcome: "written" };
    case "unchanged":
    case "frozen":
    case "nobody":
      return { kind: "release", ...aboutRelease(outcome), outcome: outcome.kind };
  }
}

function aboutRelease({ tag, url, people }: Extract<ReleaseOutcome, { readonly url: string }>) {
  return { tag, url, people };
}
