import type { Forge } from "../forge.ts";
import type { Account } from "../model/account.ts";
import { fullName, type Repository } from "../model/repository.ts";
import { presentAccount, presentMembership, presentOrganization } from "../present/account.ts";
import { presentInstallation } from "../present/app.ts";
import { presentCheckRun } from "../present/check.ts";
import { presentComment } from "../present/issue.ts";
import { presentMergeGroup } from "../present/merge-group.ts";
import { presentPull, presentPullInFull, presentReview, presentReviewComment } from "../present/pull.ts";
import { presentRelease } from "../present/release.ts";
import { legacyPermission, presentLabel, presentMilestone, presentRepository } from "../present/repository.ts";
import { time } from "../present/time.ts";
import type { Happening } from "./happening.ts";
import { ownerOf, repositoryOf } from "./place-of-happening.ts";
import { presentIssueInWebhook } from "./present-issue-in-webhook.ts";
import { presentPush, presentPushed } from "./present-push.ts";

/** What is sent for it to every app, without what differs by app: which installation it is sent for. */
export async function makePayload(forge: Forge, happening: Happening): Promise<Record<string, unknown>> {
  const repository = repositoryOf(happening);
  const owner = ownerOf(happening);
  const isInstallation = happening.event === "installation" || happening.event === "installation_repositories";
  return {
    ...("action" in happening ? { action: happening.action } : {}),
    ...(await detailsOf(forge, happening)),
    ...(repository === null ? {} : { repository: presentRepository(forge, repository) }),
    ...(owner.organization === null || isInstallation ? {} : { organization: presentOrganization(forge, owner) }),
    ...(happening.event === "push" ? { repository: presentPushed(forge, happening.repository) } : {}),
    sender: presentAccount(forge, happening.sender),
  };
}

async function detailsOf(forge: Forge, happening: Happening): Promise<object> {
  switch (happening.event) {
    case "issues":
      return { issue: presentIssueInWebhook(forge, happening.issue), ...partsOf(forge, happening) };
    case "issue_comment": {
      const { comment } = happening;
      return {
        issue: presentIssueInWebhook(forge, comment.issue),
        comment: presentComment(forge, comment),
        ...partsOf(forge, happening),
      };
    }
    case "pull_request": {
      const { pull, reviewer, before, after, reason } = happening;
      return {
        number: pull.issue.number,
        pull_request: await presentPullInFull(forge, pull),
        ...partsOf(forge, happening),
        ...(reviewer === undefined ? {} : { requested_reviewer: presentAccount(forge, reviewer) }),
        ...(before === undefined ? {} : { before, after }),
        ...(reason === undefined ? {} : { reason }),
      };
    }
    case "pull_request_review": {
      const { review } = happening;
      const presented = {
        ...presentReview(forge, review),
        state: review.state.toLowerCase(),
        updated_at: time(review.updatedAt),
      };
      return { review: presented, pull_request: presentPull(forge, review.pull), ...partsOf(forge, happening) };
    }
    case "pull_request_review_comment": {
      const { comment } = happening;
      return {
        comment: presentReviewComment(forge, comment),
        pull_request: presentPull(forge, comment.pull),
        ...partsOf(forge, happening),
      };
    }
    case "push":
      return presentPush(forge, happening);
    case "create":
    case "delete": {
      const { ref, repository } = happening;
      const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/s.exec(ref) ?? [];
      return {
        ref: name,
        ref_type: kind === "tags" ? "tag" : "branch",
        ...(happening.event === "create"
          ? { master_branch: repository.defaultBranch, description: repository.description }
          : {}),
        pusher_type: "user",
      };
    }
    case "label":
      return { label: presentLabel(forge, happening.label), ...partsOf(forge, happening, "changes") };
    case "milestone":
      return { milestone: presentMilestone(forge, happening.milestone), ...partsOf(forge, happening, "changes") };
    case "release": {
      const { release, changes } = happening;
      return { release: presentRelease(forge, release), ...(changes === undefined ? {} : { changes }) };
    }
    case "repository": {
      const { previousName, previousOwner } = happening;
      if (previousName !== undefined) return { changes: { repository: { name: { from: previousName } } } };
      if (previousOwner === undefined) return partsOf(forge, happening, "changes");
      const kind = previousOwner.type === "Organization" ? "organization" : "user";
      const from =
        kind === "organization" ? presentOrganization(forge, previousOwner) : presentAccount(forge, previousOwner);
      return { changes: { owner: { from: { [kind]: from } } } };
    }
    case "member":
      return { member: presentAccount(forge, happening.member), ...presentRoleChange(happening) };
    case "organization": {
      const { organization, member, previousLogin } = happening;
      if (previousLogin !== undefined) return { changes: { login: { from: previousLogin } } };
      if (member === undefined) return {};
      const {
        permissions: _,
        organization: __,
        ...membership
      } = {
        permissions: null,
        ...presentMembership(forge, { organization, account: member }),
      };
      return { membership };
    }
    case "merge_group": {
      const { queue, group, reason } = happening;
      return { merge_group: await presentMergeGroup(forge, queue, group), ...(reason === undefined ? {} : { reason }) };
    }
    case "installation_target": {
      const { previousLogin, installation } = happening;
      const { account } = installation;
      return {
        account: presentTarget(forge, account),
        changes: { login: { from: previousLogin } },
        target_type: account.type,
      };
    }
    case "check_run":
      return { check_run: presentCheckRun(forge, happening.run) };
    case "installation":
      return {
        installation: presentInstallation(forge, happening.installation),
        ...(["created", "deleted"].includes(happening.action) ? { requester: null } : {}),
        repositories: happening.repositories.map(presentBriefly),
      };
    case "installation_repositories": {
      const { action, repositories, installation } = happening;
      return {
        installation: presentInstallation(forge, installation),
        repository_selection: installation.repositories === null ? "all" : "selected",
        repositories_added: action === "added" ? repositories.map(presentBriefly) : [],
        repositories_removed: action === "removed" ? repositories.map(presentBriefly) : [],
        requester: null,
      };
    }
  }
}

/** What a collaborator may do now, and could before. */
function presentRoleChange({ action, repository, member, previousRole }: Extract<Happening, { event: "member" }>) {
  const role = repository.collaborators.get(member);
  if (action === "removed" || role === undefined) return {};
  const to = legacyPermission(role);
  if (previousRole === undefined) return { changes: { permission: { to }, role_name: { to: role } } };
  const from = legacyPermission(previousRole);
  return { changes: { old_permission: { from }, permission: { from, to } } };
}

/** What several events have in common. */
function partsOf(forge: Forge, happening: object, only?: "changes"): object {
  const { changes, label, assignee, milestone } = happening as Partial<Extract<Happening, { event: "issues" }>>;
  return {
    ...(changes === undefined ? {} : { changes }),
    ...(label === undefined || only ? {} : { label: presentLabel(forge, label) }),
    ...(assignee === undefined || only ? {} : { assignee: presentAccount(forge, assignee) }),
    ...(milestone === undefined || only ? {} : { milestone: presentMilestone(forge, milestone) }),
  };
}

/** Whom an app is installed on: of an organisation's own words GitHub tells none here. */
function presentTarget(forge: Forge, account: Account) {
  const shown = presentAccount(forge, account);
  return account.organization === null
    ? shown
    : { ...shown, ...presentOrganization(forge, account), description: null };
}

function presentBriefly(repository: Repository) {
  const { id, nodeId, name } = repository;
  return { id, node_id: nodeId, name, full_name: fullName(repository), private: repository.private };
}
