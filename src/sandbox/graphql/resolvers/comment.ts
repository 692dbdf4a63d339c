import { renderMarkdown } from "../../../render/render-markdown.ts";
import { canSee } from "../../identity/access.ts";
import type { Account } from "../../model/account.ts";
import type { Reaction, ReactionContent } from "../../model/issue.ts";
import { reactionContents } from "../../model/issue.ts";
import { fullName, type Repository } from "../../model/repository.ts";
import { findAccount, findRepository } from "../../model/state.ts";
import { associationOf } from "../../present/issue.ts";
import { time } from "../../present/time.ts";
import { connect, type Paging } from "../connect.ts";
import type { Context, Fields } from "../context.ts";
import { canWrite, needToEdit } from "../permissions.ts";
import { inOrder, type Order } from "./order.ts";
import { pathOf, personOrNull, repositoryPage, userOrNull } from "./shown.ts";

/** What issues, pull requests, comments and reviews have in common: somebody's words. */
export interface Words {
  readonly id: number;
  readonly nodeId: string;
  readonly repository: Repository;
  readonly author: Account;
  readonly body: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Its page, without the server. */
  readonly page: string;
  readonly permissions: readonly string[];
}

/** The fields of whatever has words; `read` finds them. */
export function wordFields<Source>(read: (source: Source, context: Context) => Words): Fields<Source> {
  return {
    id: (source, _args, context) => read(source, context).nodeId,
    databaseId: (source, _args, context) => read(source, context).id,
    fullDatabaseId: (source, _args, context) => String(read(source, context).id),
    author: (source, _args, context) => personOrNull(read(source, context).author),
    authorAssociation: (source, _args, context) => {
      const { author, repository } = read(source, context);
      return associationOf(author, repository);
    },
    body: (source, _args, context) => read(source, context).body ?? "",
    bodyText: (source, _args, context) => toText(render(context, read(source, context))),
    bodyHTML: (source, _args, context) => render(context, read(source, context)),
    createdAt: (source, _args, context) => time(read(source, context).createdAt),
    updatedAt: (source, _args, context) => time(read(source, context).updatedAt),
    publishedAt: (source, _args, context) => time(read(source, context).createdAt),
    // Of comments and issues alone the sandbox knows who edited them.
    lastEditedAt: () => null,
    editor: () => null,
    includesCreatedEdit: () => false,
    createdViaEmail: () => false,
    repository: (source, _args, context) => read(source, context).repository,
    url: (source, _args, context) => `${context.forge.web}${read(source, context).page}`,
    resourcePath: (source, _args, context) => read(source, context).page,
    viewerDidAuthor: (source, _args, context) => read(source, context).author === context.viewer,
    viewerCanUpdate: (source, _args, context) => mayEdit(context, read(source, context)),
    viewerCannotUpdateReasons: (source, _args, context) => {
      return mayEdit(context, read(source, context)) ? [] : ["INSUFFICIENT_ACCESS"];
    },
    viewerCanReact: (source, _args, context) => {
      const { repository, permissions } = read(source, context);
      return canWrite(context, repository, {
        role: "read",
        permissions: permissions.map((name) => [name, "write"] as const),
      });
    },
  };
}

/** What only comments have, and issues have not. */
export function commentFields<Source>(read: (source: Source, context: Context) => Words): Fields<Source> {
  return {
    ...wordFields(read),
    isMinimized: () => false,
    minimizedReason: () => null,
    viewerCanMinimize: () => false,
    viewerCanDelete: (source, _args, context) => mayEdit(context, read(source, context)),
  };
}

function mayEdit(context: Context, { repository, author, permissions }: Words): boolean {
  return canWrite(context, repository, needToEdit(context, author, ...permissions));
}

/** A text as HTML; what it refers to is linked where the caller can see it. */
export function render(context: Context, { body, repository }: Pick<Words, "body" | "repository">): string {
  const { forge, caller } = context;
  if (body === null || body === "") return "";
  const page = repositoryPage(context, repository);
  return renderMarkdown(body, {
    breaks: true,
    links: {
      relative: (url, kind) => `${page}/${kind === "image" ? "raw" : "blob"}/${repository.defaultBranch}/${url}`,
      mention: (login) => (findAccount(forge.state, login) === null ? null : `${forge.web}/${login}`),
      issue: ({ repository: name, number }) => {
        const [ownerName = "", repositoryName = ""] = (name ?? fullName(repository)).split("/");
        const place = findRepository(forge.state, ownerName, repositoryName);
        const issue = place === null || !canSee(caller, place) ? undefined : place.issues.get(number);
        return issue === undefined
          ? null
          : `${forge.web}/${fullName(issue.repository)}/${issue.pull === null ? "issues" : "pull"}/${number}`;
      },
      commit: (sha) => `${page}/commit/${sha}`,
    },
  });
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', "#x3C": "<", "#x26": "&" };

function toText(html: string): string {
  return html
    .replace(/<[^>]*>/g, "")
    .replace(/&(\w+|#x\w+);/g, (entity, name: string) => entities[name] ?? entity)
    .trim();
}

/** GraphQL's names of the reactions. */
const reactionNames = {
  "+1": "THUMBS_UP",
  "-1": "THUMBS_DOWN",
  laugh: "LAUGH",
  hooray: "HOORAY",
  confused: "CONFUSED",
  heart: "HEART",
  rocket: "ROCKET",
  eyes: "EYES",
} as const satisfies Record<ReactionContent, string>;

export function toReactionContent(name: string): ReactionContent {
  return reactionContents.find((content) => reactionNames[content] === name) ?? "+1";
}

interface Group {
  readonly content: ReactionContent;
  readonly reactions: readonly Reaction[];
  readonly subject: object;
}

interface ReactionSource {
  readonly nodeId: string;
  readonly reaction: Reaction;
  readonly subject: object;
}

/** As GitHub lists them. */
const groupOrder: readonly ReactionContent[] = ["+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"];

/** The eight groups of reactions, the empty ones too. */
export function groupReactions(subject: object, reactions: readonly Reaction[]): Group[] {
  return groupOrder.map((content) => ({
    content,
    reactions: reactions.filter((one) => one.content === content),
    subject,
  }));
}

/** Reactions to something; `read` finds them. */
export function reactionFields<Source extends object>(read: (source: Source) => readonly Reaction[]): Fields<Source> {
  return {
    reactionGroups: (source) => groupReactions(source, read(source)),
    reactions: async (source, args: Paging & { content?: string | null; orderBy?: Order | null }, context, info) => {
      const { content } = args;
      const found = read(source).filter((one) => !content || reactionNames[one.content] === content);
      const ordered = inOrder(found, args.orderBy, { CREATED_AT: ({ createdAt }) => createdAt });
      const sources: ReactionSource[] = ordered.map((one) => ({ nodeId: one.nodeId, reaction: one, subject: source }));
      const viewerHasReacted = found.some(({ user }) => user === context.viewer);
      return connect(sources, args, info, { connection: { viewerHasReacted } });
    },
  };
}

/** A reaction in a list knows what it is to; one that was found by its id does not. */
export const reaction: Fields<ReactionSource | Reaction> = {
  id: ({ nodeId }) => nodeId,
  databaseId: (source) => reactionOf(source).id,
  content: (source) => reactionNames[reactionOf(source).content],
  createdAt: (source) => time(reactionOf(source).createdAt),
  user: (source) => userOrNull(reactionOf(source).user),
  reactable: (source, _args, { forge }) => {
    if ("subject" in source) return source.subject;
    return [...forge.state.nodes.values()].find(({ value }) => "reactions" in value && value.reactions.includes(source))
      ?.value;
  },
};

function reactionOf(source: ReactionSource | Reaction): Reaction {
  return "reaction" in source ? source.reaction : source;
}

export const reactionGroup: Fields<Group> = {
  content: ({ content }) => reactionNames[content],
  createdAt: ({ reactions }) => (reactions[0] === undefined ? null : time(reactions[0].createdAt)),
  subject: ({ subject }) => subject,
  viewerHasReacted: ({ reactions }, _args, { viewer }) => reactions.some(({ user }) => user === viewer),
  users: async ({ reactions }, args: Paging, _context, info) => {
    const found = reactions.filter(({ user }) => userOrNull(user) !== null);
    return connect(
      found.map(({ user }) => user),
      args,
      info,
      { edge: (account) => ({ reactedAt: reactedAt(found, account) }) },
    );
  },
  reactors: async ({ reactions }, args: Paging, _context, info) => {
    const found = reactions.filter(({ user }) => personOrNull(user) !== null);
    return connect(
      found.map(({ user }) => user),
      args,
      info,
      { edge: (account) => ({ reactedAt: reactedAt(found, account) }) },
    );
  },
};

function reactedAt(reactions: readonly Reaction[], account: Account): string | null {
  const found = reactions.find(({ user }) => user === account);
  return found === undefined ? null : time(found.createdAt);
}

/** The page of a comment or review on an issue's page. */
export function anchorOn(context: Context, page: string, anchor: string): string {
  return `${pathOf(context, page)}#${anchor}`;
}
