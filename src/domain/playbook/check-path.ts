import { quote } from "../config/configuration-error.ts";

const longestName = 200;
const longestPath = 400;
const deepest = 20;
/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file, with the superscripts that Windows takes for digits. */
const devices = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:[. ].*)?$/;
/** What git reads a repository, or other repositories, from; the names are compared as the file systems of others would. */
const gits = new Set([".git", ".gitmodules", "git~1", "gitmod~1"]);

/**
 * Why no file of a repository may have this path, as a sentence; null where it may. It has to be one that every system
 * can check out, and that leads into no folder of git's: https://git-scm.com/docs/git-fsck (hasDot, hasDotdot, hasDotgit).
 */
export function pathProblem(path: string): string | null {
  const name = quote(path);
  if (path === "") return "A path is empty.";
  if (!path.isWellFormed()) return `${name} holds half a character.`;
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(path)) return `${name} holds a control character.`;
  if (path.includes("\\")) return `${name} holds a backslash: folders are parted by /.`;
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path))
    return `${name} leads out of the repository: it has to begin with a name.`;
  if (new TextEncoder().encode(path).length > longestPath) return `${name} is longer than ${longestPath} bytes.`;
  const names = path.split("/");
  if (names.length > deepest) return `${name} is more than ${deepest} folders deep.`;
  for (const part of names) {
    const problem = nameProblem(part);
    if (problem !== null) return `${name} ${problem}.`;
  }
  return null;
}

function nameProblem(name: string): string | null {
  if (name === "") return "has a folder or file without a name";
  if (name === "." || name === "..") return "leads to another folder by dots";
  if (/\p{Cf}/u.test(name)) return "holds a character that is not seen";
  if (/[<>:"|?*]/.test(name)) return 'holds one of < > : " | ? *, which Windows does not take';
  if (/[. ]$|^ /.test(name)) return "has a name that begins with a blank, or ends in a dot or blank";
  if (new TextEncoder().encode(name).length > longestName) return `has a name of more than ${longestName} bytes`;
  const folded = foldPath(name);
  if (devices.test(folded)) return "has the name of a device of Windows";
  return gits.has(folded) ? "belongs to git" : null;
}

/** The path as a file system without case, or with letters of its own, might see it. */
function foldPath(path: string): string {
  return path.normalize("NFKC").toLowerCase().toUpperCase().normalize("NFKC").toLowerCase();
}

/**
 * Paths that cannot stand beside each other, each as a sentence: the same twice, a file where another has a folder, or
 * names that differ in nothing that every file system tells apart. Each by its place among the paths, in their order.
 */
export function pathClashes(paths: readonly string[]): readonly { readonly index: number; readonly message: string }[] {
  const seen = new Map<string, { readonly spelled: string; readonly isFile: boolean }>();
  return paths.flatMap((path, index) => {
    const names = path.split("/");
    for (let depth = 1; depth <= names.length; depth += 1) {
      const spelled = names.slice(0, depth).join("/");
      const isFile = depth === names.length;
      const folded = foldPath(spelled);
      const other = seen.get(folded);
      if (other === undefined) seen.set(folded, { spelled, isFile });
      else if (other.spelled !== spelled) {
        return [{ index, message: `${quote(path)} and ${quote(other.spelled)} differ in case or letters alone.` }];
      } else if (isFile && other.isFile) return [{ index, message: `${quote(path)} is made twice.` }];
      else if (isFile || other.isFile) {
        return [{ index, message: `${quote(spelled)} would be a file and a folder at once.` }];
      }
    }
    return [];
  });
}
