import { quote } from "../domain/config/configuration-error.ts";
import { pathClashes, pathProblem } from "../domain/playbook/check-path.ts";
import { holds, type InputValue } from "../domain/playbook/condition.ts";
import { lockPath } from "../domain/playbook/lock-file.ts";
import type { InputValues } from "../domain/playbook/parse-answers.ts";
import type { FileSource, Playbook, PlaybookError } from "../domain/playbook/playbook.ts";
import type { RenderedFile } from "../domain/playbook/rendered-playbook.ts";
import type { RenderText } from "./render-playbook.ts";

/** What a repository may begin with, in files and bytes; a file made of a template may have as many characters. */
const limits = { files: 1000, bytes: 25_000_000, characters: 1_000_000 };

interface FilesToRender {
  readonly playbook: Playbook;
  readonly values: InputValues;
  readonly errors: PlaybookError[];
}

type Extra = Readonly<Record<string, InputValue>>;

/** Makes every file whose conditions hold; what is wrong with them goes to `errors`. */
export async function renderFiles(
  { playbook, values, errors }: FilesToRender,
  renderText: RenderText,
): Promise<readonly RenderedFile[]> {
  const files: RenderedFile[] = [];
  const sources: string[] = [];
  let bytes = 0;
  for (const file of playbook.files) {
    if (!file.conditions.every((condition) => holds(condition, values))) continue;
    for (const more of turnsOf(file, values)) {
      const made = await renderFile(file, more, { errors, renderText });
      if (made === null) continue;
      files.push(made);
      sources.push(file.source);
      bytes += made.bytes.length;
      if (files.length > limits.files || bytes > limits.bytes) {
        const message = `With these answers there are more than ${limits.files} files or ${limits.bytes / 1_000_000} MB.`;
        errors.push({ path: file.source, line: null, message });
        return [];
      }
    }
  }
  // The lock file stands first, so that it is the other one that cannot be.
  for (const { index, message } of pathClashes([lockPath, ...files.map(({ path }) => path)])) {
    errors.push({ path: sources[index - 1] ?? lockPath, line: null, message });
  }
  return files.toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

/** What templates find besides the answers: an entry of the list at a time, where the file is made for each. */
function turnsOf({ loop }: FileSource, values: InputValues): readonly Extra[] {
  if (loop === null) return [{}];
  const list = values.get(loop.each);
  return Array.isArray(list) ? list.map((entry: string) => ({ [loop.as]: entry })) : [];
}

async function renderFile(
  { source, names, content, isExecutable }: FileSource,
  more: Extra,
  { errors, renderText }: { readonly errors: PlaybookError[]; readonly renderText: RenderText },
): Promise<RenderedFile | null> {
  const parts: string[] = [];
  for (const name of names) {
    const part = await renderText(name, { path: source, label: "its name", more });
    // A name that brings folders of its own could lead anywhere.
    if (part.includes("/")) {
      errors.push({ path: source, line: null, message: `Its name becomes ${quote(part)}, which has a / in it.` });
      return null;
    }
    parts.push(part);
  }
  const path = parts.join("/");
  const problem = pathProblem(path);
  if (problem !== null) {
    errors.push({ path: source, line: null, message: problem });
    return null;
  }
  const isRendered = !(content instanceof Uint8Array);
  const bytes = isRendered
    ? new TextEncoder().encode(await renderText(content, { path: source, longest: limits.characters, more }))
    : content;
  return { path, mode: isExecutable ? "100755" : "100644", isRendered, bytes };
}
