import type { MergeSettings, Repository } from "../model/repository.ts";
import { invalid, Refusal } from "../refusal.ts";

/** What both making and changing a repository may say. */
export interface SettingsBody {
  readonly has_issues?: boolean;
  readonly has_projects?: boolean;
  readonly has_wiki?: boolean;
  readonly has_discussions?: boolean;
  readonly has_downloads?: boolean;
  readonly is_template?: boolean;
  readonly allow_squash_merge?: boolean;
  readonly allow_merge_commit?: boolean;
  readonly allow_rebase_merge?: boolean;
  readonly allow_auto_merge?: boolean;
  readonly allow_update_branch?: boolean;
  readonly delete_branch_on_merge?: boolean;
  readonly use_squash_pr_title_as_default?: boolean;
  readonly squash_merge_commit_title?: MergeSettings["squashTitle"];
  readonly squash_merge_commit_message?: MergeSettings["squashMessage"];
  readonly merge_commit_title?: MergeSettings["mergeTitle"];
  readonly merge_commit_message?: MergeSettings["mergeMessage"];
  readonly web_commit_signoff_required?: boolean;
}

interface WantedRepository extends SettingsBody {
  readonly name: string;
  readonly description?: string;
  readonly homepage?: string;
  readonly private?: boolean;
  readonly visibility?: "public" | "private";
  readonly auto_init?: boolean;
  readonly gitignore_template?: string;
  readonly license_template?: string;
}

/** What somebody wants a new repository to be. Throws a Refusal where no way to merge would be left. */
export function wantedOf(body: WantedRepository) {
  refuseTemplates(body);
  const merging = mergingOf(body);
  requireMergeMethod(merging);
  return {
    name: body.name,
    description: body.description ?? null,
    homepage: body.homepage ?? null,
    private: body.private ?? body.visibility === "private",
    autoInit: body.auto_init ?? false,
    isTemplate: body.is_template ?? false,
    features: featuresOf(body),
    merging,
  };
}

/** Changes what a request says of a repository. Throws a Refusal, before anything is changed, as the other does. */
export function applySettings(
  repository: Repository,
  body: SettingsBody & { readonly description?: string; readonly homepage?: string },
): void {
  const merging = { ...repository.merging, ...mergingOf(body) };
  requireMergeMethod(merging);
  repository.merging = merging;
  repository.features = { ...repository.features, ...featuresOf(body) };
  repository.description = body.description ?? repository.description;
  repository.homepage = body.homepage ?? repository.homepage;
  repository.isTemplate = body.is_template ?? repository.isTemplate;
  repository.signoffRequired = body.web_commit_signoff_required ?? repository.signoffRequired;
}

function featuresOf(body: SettingsBody): Partial<Repository["features"]> {
  return given({
    issues: body.has_issues,
    projects: body.has_projects,
    wiki: body.has_wiki,
    discussions: body.has_discussions,
    downloads: body.has_downloads,
  });
}

function mergingOf(body: SettingsBody): Partial<MergeSettings> {
  const { use_squash_pr_title_as_default: usesTitle } = body;
  const older = usesTitle === undefined ? undefined : usesTitle ? "PR_TITLE" : "COMMIT_OR_PR_TITLE";
  return given({
    allowSquashMerge: body.allow_squash_merge,
    allowMergeCommit: body.allow_merge_commit,
    allowRebaseMerge: body.allow_rebase_merge,
    allowAutoMerge: body.allow_auto_merge,
    allowUpdateBranch: body.allow_update_branch,
    deleteBranchOnMerge: body.delete_branch_on_merge,
    squashTitle: body.squash_merge_commit_title ?? older,
    squashMessage: body.squash_merge_commit_message,
    mergeTitle: body.merge_commit_title,
    mergeMessage: body.merge_commit_message,
  });
}

function requireMergeMethod({ allowMergeCommit, allowRebaseMerge, allowSquashMerge }: Partial<MergeSettings>): void {
  if (allowMergeCommit !== false || allowRebaseMerge !== false || allowSquashMerge !== false) return;
  throw new Refusal(422, "Sorry, you need to allow at least one merge strategy. (no_merge_method)");
}

/** The sandbox has none of GitHub's templates, and would not leave them out without a word. */
function refuseTemplates({ gitignore_template: ignored, license_template: license }: WantedRepository): void {
  for (const [field, value] of Object.entries({ gitignore_template: ignored, license_template: license })) {
    if (value === undefined || value === "") continue;
    const kind = field === "license_template" ? "license" : "gitignore";
    const message = `${value} is an unknown ${kind} template.`;
    throw invalid({ resource: "Repository", field, code: "custom", message });
  }
}

function given<Values extends object>(values: Values): { [Name in keyof Values]?: Exclude<Values[Name], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Values]?: Exclude<Values[Name], undefined>;
  };
}
