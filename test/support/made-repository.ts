import { createHash } from "node:crypto";
import { expect } from "vitest";
import { lockFile, lockPath } from "../../src/domain/playbook/lock-file.ts";
import type { NamedPlan } from "../../src/domain/playbook/plan.ts";
import { tipOf } from "../../src/sandbox/actions/change-refs.ts";
import { type Forge, gitDirectory } from "../../src/sandbox/forge.ts";
import { readBlobs } from "../../src/sandbox/git/blobs.ts";
import { listCommits } from "../../src/sandbox/git/list-commits.ts";
import { readTree } from "../../src/sandbox/git/trees.ts";
import { findRepository } from "../../src/sandbox/model/state.ts";
import { teamsOf } from "../../src/sandbox/model/team.ts";

/** What GitHub begins each repository with. */
const usual = {
  features: { issues: true, projects: true, wiki: true, discussions: false },
  merge: {
    squash: true,
    "merge-commit": true,
    rebase: true,
    "auto-merge": false,
    "update-branch": false,
    "delete-branch": false,
  },
};

type Made = Record<string, unknown>;

/** All that can be seen of a repository in the sandbox, as plain data; null where there is none of that name. */
export async function readMade(forge: Forge, owner: string, name: string): Promise<Made | null> {
  const repository = findRepository(forge.state, owner, name);
  if (repository === null) return null;
  const directory = gitDirectory(forge, repository);
  const tip = await tipOf(forge, repository, repository.defaultBranch);
  const tree = (await readTree(directory, tip ?? "", { recursive: true })) ?? [];
  const files = tree.filter(({ type }) => type === "blob");
  const contents = await readBlobs(
    directory,
    files.map(({ sha }) => sha),
  );
  const commits = await listCommits(directory, { include: tip === null ? [] : [tip] });
  const { features, merging } = repository;
  return {
    is: { private: repository.private, description: repository.description, homepage: repository.homepage },
    topics: repository.topics,
    features: {
      issues: features.issues,
      projects: features.projects,
      wiki: features.wiki,
      discussions: features.discussions,
    },
    merge: {
      squash: merging.allowSquashMerge,
      "merge-commit": merging.allowMergeCommit,
      rebase: merging.allowRebaseMerge,
      "auto-merge": merging.allowAutoMerge,
      "update-branch": merging.allowUpdateBranch,
      "delete-branch": merging.deleteBranchOnMerge,
    },
    files: sorted(files.map(({ path, mode }, index) => `${mode} ${path} ${sha256(contents[index] ?? "")}`)),
    commits: commits.map(({ message }) => message),
    labels: sorted(repository.labels.map(({ name: label, color, description }) => line(label, color, description))),
    milestones: repository.milestones.map(({ title, description }) => line(title, description)),
    teams: sorted(
      teamsOf(repository.owner).flatMap((team) => {
        const role = team.repositories.get(repository);
        return role === undefined ? [] : [`${repository.owner.login}/${team.slug} ${role}`];
      }),
    ),
    protections: [...repository.rulesets.map((ruleset) => ruleset.name), ...repository.protections.keys()],
    issues: Array.from(repository.issues.values(), (issue) => ({
      title: issue.title,
      isAsPlanned: issue.body?.trim() ?? "",
      author: issue.author.login,
      labels: sorted(issue.labels.map((label) => label.name)),
      milestone: issue.milestone?.title ?? null,
      assignees: sorted(issue.assignees.map(({ login }) => login)),
    })),
  };
}

/** What a plan's repository has to look like, where GitHub begins a repository with these labels. */
export function expectMade({ plan, hash }: NamedPlan, labelsBefore: readonly string[]): Made {
  const { repository, issues, commit, playbook } = plan;
  const own = new Map(repository.labels.map((label) => [label.name.toLowerCase(), label]));
  const left = labelsBefore.filter((text) => !own.has(String(JSON.parse(text)[0]).toLowerCase()));
  const lock = `100644 ${lockPath} ${sha256(lockFile({ plan, hash }))}`;
  const permissions: Readonly<Record<string, string>> = { pull: "read", push: "write" };
  return {
    is: {
      private: repository.visibility !== "public",
      description: repository.description ?? "",
      homepage: repository.homepage,
    },
    topics: repository.topics,
    features: { ...usual.features, ...repository.features },
    merge: { ...usual.merge, ...repository.merge },
    files: sorted([...plan.files.map(({ path, mode, sha256: digest }) => `${mode} ${path} ${digest}`), lock]),
    commits: [
      `${commit.title}\n\nPlaybook-run: ${hash}\n${commit.trailers.join("\n")}\n`,
      expect.stringMatching(/^Initial commit\n?$/),
    ],
    labels: sorted([
      ...left,
      ...repository.labels.map(({ name, color, description }) => line(name, color, description ?? null)),
    ]),
    milestones: repository.milestones.map(({ title, description }) => line(title, description)),
    teams: sorted(repository.teams.map(({ team, permission }) => `${team} ${permissions[permission] ?? permission}`)),
    protections: repository.protection === null ? [] : [`Protect ${repository.protection.branch}`],
    issues: issues.map((issue, index) => ({
      title: issue.title,
      isAsPlanned: [
        issue.body.trimEnd(),
        ...(index === 0
          ? [`<sub>Made with the playbook ${playbook.name} v${playbook.version} by Curtain Call.</sub>`]
          : []),
        `<!-- curtain-call:playbook ${hash.slice(0, 16)} issue ${index + 1} -->`,
      ].join("\n\n"),
      author: "curtain-call[bot]",
      labels: sorted(issue.labels),
      milestone: issue.milestone,
      assignees: sorted(issue.assignees),
    })),
  };
}

function line(...parts: readonly (string | null)[]): string {
  return JSON.stringify(parts);
}

function sorted(texts: readonly string[]): string[] {
  return texts.toSorted();
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
