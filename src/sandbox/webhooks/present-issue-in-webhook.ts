import type { Forge } from "../forge.ts";
import type { Issue } from "../model/issue.ts";
import { presentIssue } from "../present/issue.ts";

/** Events of apps that GitHub's description of webhooks does not know where an issue tells which app opened it. */
const unknownThere = new Set(["installation_target", "merge_group"]);

/** An issue as webhooks show it: there the app that opened it is told in an older form, without its client id. */
export function presentIssueInWebhook(forge: Forge, issue: Issue) {
  const { performed_via_github_app: app, ...others } = presentIssue(forge, issue);
  if (app === null) return { ...others, performed_via_github_app: null };
  const { client_id: _, events, ...known } = app;
  return {
    ...others,
    performed_via_github_app: { ...known, events: events.filter((event) => !unknownThere.has(event)) },
  };
}
