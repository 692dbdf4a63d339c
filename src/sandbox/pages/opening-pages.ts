import type { Context, Hono } from "hono";
import { openIssue } from "../actions/issues.ts";
import { openPull } from "../actions/pulls.ts";
import { type Actor, type Forge, gitDirectory } from "../forge.ts";
import { listRefs } from "../git/refs.ts";
import { isAtLeast, roleOf } from "../identity/access.ts";
import type { Issue } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import { Refusal } from "../refusal.ts";
import { explainRefusal } from "./explain-refusal.ts";
import { type Fields, readForm } from "./forms.ts";
import { issuePath, repositoryPath } from "./paths.ts";
import { frameOf, requireRepository } from "./repository-frame.ts";
import { type Site, showPage } from "./site.ts";
import { currentSpeaker, rememberSpeaker, requireRight, requireSpeaker, viewSpeakers } from "./speaker.ts";

/** What a form asks to open, by the speaker. */
type Opening = (work: { repository: Repository; fields: Fields; actor: Actor }) => Promise<Issue>;

/** A form that has been sent, and why it was refused. */
interface Refused {
  readonly fields: Fields;
  readonly refusal: Refusal;
}

type ShowForm = (context: Context, repository: Repository, refused: Refused | null) => Promise<Response>;

/** The forms that open issues and pull requests. */
export function addOpeningPages(app: Hono, site: Site): void {
  const { forge } = site;
  const forms: readonly [address: string, target: string, show: ShowForm, opening: Opening][] = [
    ["issues/new", "issues", newIssue(site), openIssueFrom(forge)],
    ["compare", "pulls", newPull(site), openPullFrom(forge)],
  ];
  for (const [address, target, show, opening] of forms) {
    app.get(`/:owner/:repository/${address}`, async (context) =>
      show(context, requireRepository(forge, context), null),
    );
    app.post(`/:owner/:repository/${target}`, async (context) => {
      const repository = requireRepository(forge, context);
      const fields = await readForm(context);
      try {
        const account = requireSpeaker(forge, repository, fields["speaker"] ?? "");
        rememberSpeaker(context, account);
        const issue = await opening({ repository, fields, actor: { account, viaAppId: null } });
        return context.redirect(issuePath(issue), 303);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return show(context, repository, { fields, refusal: error });
      }
    });
  }
}

function openIssueFrom(forge: Forge): Opening {
  return async ({ repository, fields, actor }) => {
    requireRight(!repository.archived, repository);
    const { title = "", body = "" } = fields;
    return openIssue(forge, { repository, title, body: body === "" ? null : body }, actor);
  };
}

/** Branches that are here already are opened by those who may push to them. */
function openPullFrom(forge: Forge): Opening {
  return async ({ repository, fields, actor }) => {
    requireRight(!repository.archived && isAtLeast(roleOf(actor.account, repository), "write"), repository);
    const { title = "", body = "", head = "", base = "", draft } = fields;
    const wanted = { repository, title, body: body === "" ? null : body, head, base, draft: draft === "yes" };
    return (await openPull(forge, wanted, actor)).issue;
  };
}

function newIssue(site: Site): ShowForm {
  return async (context, repository, refused) => {
    const data = {
      frame: frameOf(site.forge, repository, "Issues"),
      action: `${repositoryPath(repository)}/issues`,
      ...viewTyped(site.forge, context, { repository, refused }),
    };
    return showPage(site, context, {
      template: "new-issue",
      title: "New issue",
      data,
      status: refused?.refusal.status ?? 200,
    });
  };
}

function newPull(site: Site): ShowForm {
  return async (context, repository, refused) => {
    const refs = await listRefs(gitDirectory(site.forge, repository), "refs/heads/");
    const names = refs.map(({ name }) => name.slice("refs/heads/".length));
    const { defaultBranch } = repository;
    const base = refused?.fields["base"] ?? defaultBranch;
    const head = refused?.fields["head"] ?? context.req.query("head") ?? names.find((name) => name !== defaultBranch);
    const data = {
      frame: frameOf(site.forge, repository, "Pull requests"),
      action: `${repositoryPath(repository)}/pulls`,
      bases: names.map((name) => ({ name, isChosen: name === base })),
      heads: names.map((name) => ({ name, isChosen: name === head })),
      draft: refused?.fields["draft"] === "yes",
      ...viewTyped(site.forge, context, { repository, refused }),
    };
    const status = refused?.refusal.status ?? 200;
    return showPage(site, context, { template: "new-pull", title: "New pull request", data, status });
  };
}

function viewTyped(
  forge: Forge,
  context: Context,
  { repository, refused }: { repository: Repository; refused: Refused | null },
) {
  const login = refused?.fields["speaker"] ?? currentSpeaker(forge, repository, context)?.login ?? null;
  return {
    speakers: viewSpeakers(forge, repository, login),
    title: refused?.fields["title"] ?? "",
    body: refused?.fields["body"] ?? "",
    refusal: refused === null ? null : explainRefusal(refused.refusal),
  };
}
