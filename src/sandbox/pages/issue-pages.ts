import type { Context, Hono } from "hono";
import { addComment, addReaction, editComment } from "../actions/comments.ts";
import { closeIssue, reopenIssue, setLabels } from "../actions/issues.ts";
import { findLabel } from "../actions/labels.ts";
import type { Actor } from "../forge.ts";
import { type Issue, type Reaction, reactionContents } from "../model/issue.ts";
import { invalid, notFound, Refusal } from "../refusal.ts";
import { requireIssue, type Said, showConversation } from "./conversation-page.ts";
import { explainRefusal } from "./explain-refusal.ts";
import { type Fields, readForm } from "./forms.ts";
import { issuePath } from "./paths.ts";
import { requireRepository } from "./repository-frame.ts";
import type { Site } from "./site.ts";
import { rememberSpeaker, requireRight, requireSpeaker, rightsOf } from "./speaker.ts";

/** What a form asks for, done by the speaker; gives where on the page to go on. */
export type Deed = (work: { issue: Issue; fields: Fields; actor: Actor; context: Context }) => Promise<string>;

/** Conversations, and what can be said and done in them. */
export function addIssuePages(app: Hono, site: Site): void {
  const { forge } = site;
  for (const kind of ["issues", "pull"] as const) {
    const path = `/:owner/:repository/${kind}/:number{[0-9]+}`;
    app.get(path, async (context) => {
      const issue = requireIssue(requireRepository(forge, context), context);
      if ((issue.pull === null) !== (kind === "issues")) return context.redirect(issuePath(issue));
      return showConversation(site, context, issue);
    });
    // Where a form was refused, its address stays in the browser; whoever goes there again finds the conversation.
    app.get(`${path}/:deed{comments|reactions|labels|reviews|line-comments|merge|queue|ready|branch}`, (context) => {
      return context.redirect(issuePath(requireIssue(requireRepository(forge, context), context)));
    });
    app.post(`${path}/comments`, async (context) => act(site, context, comment(site)));
    app.post(`${path}/comments/:comment`, async (context) => act(site, context, editText(site)));
    app.post(`${path}/reactions`, async (context) => act(site, context, react(site)));
    app.post(`${path}/labels`, async (context) => act(site, context, changeLabel(site)));
  }
}

/** Runs what a form asks for, and leads back to the page; a refusal is shown there with what was typed. */
export async function act(site: Site, context: Context, deed: Deed): Promise<Response> {
  const { forge } = site;
  const issue = requireIssue(requireRepository(forge, context), context);
  const fields = await readForm(context);
  let said: Said = { typed: fields };
  try {
    const account = requireSpeaker(forge, issue.repository, fields["speaker"] ?? "");
    said = { ...said, speaker: account };
    rememberSpeaker(context, account);
    if (fields["do"] === "switch") return await showConversation(site, context, issue, said);
    const anchor = await deed({ issue, fields, actor: { account, viaAppId: null }, context });
    return context.redirect(`${issuePath(issue)}${anchor}`, 303);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return showConversation(site, context, issue, { ...said, status: error.status, refusal: explainRefusal(error) });
  }
}

function comment({ forge }: Site): Deed {
  return async ({ issue, fields, actor }) => {
    const rights = rightsOf(actor.account, issue);
    const { body = "", do: what = "comment" } = fields;
    requireRight(what === "comment" ? rights.comment : rights.close, issue.repository);
    if (body.trim() !== "") requireRight(rights.comment, issue.repository);
    // Whoever closes may say why, and need not.
    const added = body.trim() !== "" || what === "comment" ? await addComment(forge, { issue, body }, actor) : null;
    if (what === "close" || what === "not-planned") {
      await closeIssue(forge, { issue, reason: what === "close" ? "completed" : "not_planned" }, actor);
    }
    if (what === "reopen") await reopenIssue(forge, issue, actor);
    return added === null ? "#end" : `#issuecomment-${added.id}`;
  };
}

function editText({ forge }: Site): Deed {
  return async ({ issue, fields, actor, context }) => {
    const { comment: id = "" } = context.req.param() as Record<string, string>;
    const found = issue.comments.find((one) => one.id === Number(id));
    if (found === undefined) throw notFound();
    requireRight(rightsOf(actor.account, issue).edit(found.author), issue.repository);
    await editComment(forge, { comment: found, body: fields["body"] ?? "" }, actor);
    return `#issuecomment-${found.id}`;
  };
}

function react({ forge }: Site): Deed {
  return async ({ issue, fields, actor }) => {
    requireRight(rightsOf(actor.account, issue).comment, issue.repository);
    const content = reactionContents.find((one) => one === fields["content"]);
    if (content === undefined) throw invalid({ resource: "Reaction", field: "content", code: "invalid" });
    const { reactions, anchor } = reactedTo(issue, fields["to"] ?? "");
    addReaction(forge, { reactions, content }, actor);
    return anchor;
  };
}

function reactedTo(issue: Issue, to: string): { reactions: Reaction[]; anchor: string } {
  if (to === "description") return { reactions: issue.reactions, anchor: "#description" };
  const said = [...issue.comments, ...(issue.pull?.reviewComments ?? [])].find(({ id }) => id === Number(to));
  if (said === undefined) throw notFound();
  return { reactions: said.reactions, anchor: `#${"issue" in said ? "issuecomment-" : "discussion_r"}${to}` };
}

function changeLabel({ forge }: Site): Deed {
  return async ({ issue, fields, actor }) => {
    requireRight(rightsOf(actor.account, issue).label, issue.repository);
    const label = findLabel(issue.repository, fields["label"] ?? "");
    if (label === null) throw invalid({ resource: "Label", field: "name", code: "missing" });
    const others = issue.labels.filter((one) => one !== label);
    await setLabels(forge, { issue, labels: fields["do"] === "remove" ? others : [...others, label] }, actor);
    return "#labels";
  };
}
