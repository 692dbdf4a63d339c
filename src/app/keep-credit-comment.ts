import { composeCreditComment, creditMarker } from "../domain/credit/credit-comment.ts";
import { applyActions } from "../github/apply-actions.ts";
import type { Deps, PullRequestPlace } from "./deps.ts";
import { findNewcomersAmong } from "./find-newcomers.ts";
import { judgeAsHeard } from "./judge-as-heard.ts";
import { keepCredits } from "./keep-credits.ts";
import { checkProposedPlaybooks } from "./playbook/check-proposed-playbooks.ts";
import { readAsConfigured } from "./read-as-configured.ts";
import { keepsContributors } from "./settings-in-force.ts";
import { putCheckInWords, putCommentInWords } from "./templates-in-force.ts";
import { tryToCheck } from "./try-to-check.ts";

/**
 * Makes the comment, the check and the stored credit of one pull request true, by what GitHub says of it now. Running
 * it twice, late or out of order comes to the same.
 */
export async function keepCreditComment(deps: Deps, place: PullRequestPlace): Promise<void> {
  const configured = await readAsConfigured(deps, place);
  if (configured === null) return;
  const { client, reading } = configured;
  const { number, ownComment: existing, repository } = reading.facts;
  const verdict = await judgeAsHeard(deps, place, configured);
  await keepCredits(deps, { installationId: place.installationId, reading, decision: verdict.source });
  if (verdict.source.landed !== null && keepsContributors(configured.configuration)) {
    const { installationId, repositoryId, owner, name } = place;
    await deps.enqueue({ kind: "contributors", installationId, repositoryId, owner, name });
  }

  const toSay = { installationId: place.installationId, texts: reading.templates, ...verdict };
  // The check goes first: where it is not allowed, the comment says so.
  const check = reading.head === null ? null : await putCheckInWords(deps, toSay, reading.head);
  const missingPermissions = check === null ? [] : await tryToCheck(deps, place, check);
  const source = { ...verdict.source, missingPermissions };
  // Who is new is asked only where somebody will read it.
  const isSilent = composeCreditComment(source) === null;
  const about = { installationId: place.installationId, source };
  const newcomers = isSilent ? new Set<number>() : await findNewcomersAmong(deps, client, about);
  const isNewcomer = (id: number): boolean => newcomers.has(id);
  const body = await putCommentInWords(deps, { ...toSay, source: { ...source, isNewcomer } });
  if (body !== null) {
    await applyActions(client, repository, [{ kind: "upsert comment", number, marker: creditMarker, body, existing }]);
  }
  await checkProposedPlaybooks(deps, place, { client, reading, sha: reading.head });
}
