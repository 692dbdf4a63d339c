import type { Configuration } from "../domain/config/configuration-schema.ts";
import { isExcluded } from "../domain/config/is-excluded.ts";
import { matchesPath } from "../domain/config/matches-path.ts";
import { type CreditCheck, decideCreditCheck } from "../domain/credit/credit-check.ts";
import type { CommentSource } from "../domain/credit/credit-comment.ts";
import { compareLanded, foreseeMerge } from "../domain/credit/merge-outlook.ts";
import type { CreditSettings } from "../domain/credit/pull-request-credit.ts";
import { creditPullRequest } from "../domain/credit/pull-request-credits.ts";
import type { Correction } from "../domain/ledger/correction.ts";
import type { ConfiguredReading } from "./read-as-configured.ts";
import { mistakesProposed } from "./settings-in-force.ts";

/** All that a pull request's comment and check are made of. */
export interface Verdict {
  readonly source: CommentSource;
  /** Null where no check is asked for. */
  readonly checked: CreditCheck | null;
}

/** What the ledger knows that GitHub does not: what was said by commands, and who asked not to be listed. */
export interface Heard {
  readonly corrections: readonly Correction[];
  readonly unlisted: ReadonlySet<number>;
  /** The app's own, which gets no credit. */
  readonly ownLogin: string;
}

/** Pure: from what GitHub says of a pull request to everybody's credit, and what a merge does to it. */
export function judgePullRequest(
  { reading: { facts, configuration: texts }, configuration }: Pick<ConfiguredReading, "reading" | "configuration">,
  { corrections, unlisted, ownLogin }: Heard,
): Verdict {
  const { comment, check } = configuration.credit;
  const settings = { ...toCreditSettings(configuration, ownLogin), unlisted, comment };
  const credits = creditPullRequest(facts, settings, corrections);
  const source: CommentSource = {
    facts,
    credits,
    outlook: foreseeMerge(facts, credits, settings),
    landed: compareLanded(facts, credits, settings),
    settings,
    // Asked of the ledger and of GitHub, once it is known that there is something to say.
    isNewcomer: () => false,
    hasCommands: true,
    configurationErrors: mistakesProposed(texts),
  };
  return { source, checked: decideCreditCheck(source, check) };
}

/** What a repository's configuration says about credit, ready to use; the app itself gets none. */
export function toCreditSettings({ credit }: Configuration, ownLogin: string): CreditSettings {
  const paths = Object.entries(credit.paths).map(([role, globs]) => {
    return [role, (path: string) => matchesPath(globs ?? [], path)] as const;
  });
  return {
    assistants: credit.assistants,
    commenters: credit.commenters,
    trailers: credit.trailers,
    paths: Object.fromEntries(paths),
    isExcluded: (login) => login === ownLogin || isExcluded(credit.exclude, login),
  };
}
