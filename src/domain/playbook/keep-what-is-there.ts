import { pathClashes } from "./check-path.ts";
import type { PlanTarget } from "./plan.ts";
import type { RenderedPlaybook } from "./rendered-playbook.ts";

/** A repository that a playbook is to be applied to, as it is. */
export interface ExistingRepository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly description: string | null;
  readonly visibility: "public" | "private" | "internal";
  /** The default branch, and its last commit. */
  readonly branch: string;
  readonly head: string;
  /** Of all its files. */
  readonly paths: readonly string[];
  readonly labels: readonly string[];
  /** By their titles, closed ones too. */
  readonly milestones: readonly string[];
  /** The titles of the issues that playbooks have opened there before. */
  readonly issues: readonly string[];
}

/** GitHub takes the first of these that there is, so that another one would put it out of force. */
const ownersPaths = new Set([".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"]);

/**
 * What of a playbook a repository lacks: its files, labels, milestones and issues. A file stays out that is there already,
 * or that could not stand beside one that is, by any file system's rules. Settings, access and protection stay out
 * altogether, so that nothing is ever loosened.
 */
export function keepWhatIsThere(
  rendered: RenderedPlaybook,
  existing: ExistingRepository,
): { readonly rendered: RenderedPlaybook; readonly target: Extract<PlanTarget, { kind: "existing" }> } {
  const { repository } = rendered;
  const paths = rendered.files.map(({ path }) => path);
  const kept = pathsThatAreThere(existing, paths);
  const labels = new Set(existing.labels.map((name) => name.toLowerCase()));
  const milestones = new Set(existing.milestones);
  const issues = new Set(existing.issues);
  return {
    rendered: {
      ...rendered,
      repository: {
        ...repository,
        owner: existing.owner,
        name: existing.name,
        description: existing.description,
        homepage: null,
        visibility: existing.visibility,
        topics: [],
        features: {},
        merge: {},
        protection: null,
        teams: [],
        properties: {},
        // GitHub tells labels apart without case.
        labels: repository.labels.filter(({ name }) => !labels.has(name.toLowerCase())),
        milestones: repository.milestones.filter(({ title }) => !milestones.has(title)),
      },
      files: rendered.files.filter(({ path }) => !kept.includes(path)),
      issues: rendered.issues.filter(({ title }) => !issues.has(title)),
    },
    target: { kind: "existing", repositoryId: existing.id, branch: existing.branch, kept },
  };
}

/** Whether a repository would get nothing from a playbook that it has not. */
export function isNothingLeft({ repository, files, issues }: RenderedPlaybook): boolean {
  const { labels, milestones } = repository;
  return [files, labels, milestones, issues].every(({ length }) => length === 0);
}

/** Those of the paths that no file can be made at, because one is there, or one that it cannot stand beside. */
export function pathsThatAreThere(
  { paths }: Pick<ExistingRepository, "paths">,
  wanted: readonly string[],
): readonly string[] {
  const hasOwners = paths.some((path) => ownersPaths.has(path));
  const clashing = new Set(pathClashes([...paths, ...wanted]).map(({ index }) => index - paths.length));
  return wanted.filter((path, index) => clashing.has(index) || (hasOwners && ownersPaths.has(path)));
}
