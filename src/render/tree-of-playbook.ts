import { stringify } from "yaml";
import type { TreeFile } from "../domain/playbook/compare-trees.ts";
import type { RenderedPlaybook } from "../domain/playbook/rendered-playbook.ts";
import { kebabCase } from "./change-case.ts";
import { TemplateFailed } from "./template-failed.ts";

/** Everything that a playbook makes, as files: what its tests are held against. */
export function treeOfPlaybook(rendered: RenderedPlaybook): readonly TreeFile[] {
  return [
    ...rendered.files.map((file) => ({ ...file, path: `files/${file.path}` })),
    ...issueFiles(rendered).map((file) => ({ ...file, path: `issues/${file.path}` })),
    repositoryFile(rendered),
  ];
}

/** The issues as files of Markdown, with what GitHub is told of each above its text. */
export function issueFiles({ issues }: RenderedPlaybook): readonly TreeFile[] {
  return issues.map(({ title, body, labels, milestone, assignees }, index) => {
    const heading = stringify({ title, labels, milestone, assignees }, { lineWidth: 0 });
    const path = `${String(index + 1).padStart(2, "0")}-${slugOf(title)}.md`;
    return { path, mode: "100644", bytes: new TextEncoder().encode(`---\n${heading}---\n${body}`) };
  });
}

/** Everything about the repository but its files and issues, as YAML. */
function repositoryFile({ repository }: RenderedPlaybook): TreeFile {
  return {
    path: "repository.yml",
    mode: "100644",
    bytes: new TextEncoder().encode(stringify(repository, { lineWidth: 0 })),
  };
}

function slugOf(title: string): string {
  try {
    return kebabCase(title).slice(0, 60);
  } catch (error) {
    if (error instanceof TemplateFailed) return "issue";
    throw error;
  }
}
