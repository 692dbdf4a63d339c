import type { RolesByKey } from "./roles.ts";
import type { Trailer } from "./strict-trailers.ts";

/**
 * Finds what git's own parse misses, for example in a squash message where GitHub's `---------` line hides them: every
 * line at column 0 of the body (all below the first line that is not blank), outside code fences, whose key gives credit.
 */
export function findTolerantTrailers(message: string, rolesByKey: RolesByKey): Trailer[] {
  const trailers: Trailer[] = [];
  let fence: string | null = null;
  let line = 0;
  let belowTitle = message.slice(0, message.indexOf("\n") + 1).trim() !== "";
  for (let newline = message.indexOf("\n"); newline !== -1; ) {
    const start = newline + 1;
    line += 1;
    newline = message.indexOf("\n", start);
    const content = message.slice(start, newline === -1 ? undefined : newline);
    if (!belowTitle) {
      belowTitle = content.trim() !== "";
      continue;
    }
    const mark = fenceMark(content);
    if (fence === null && mark !== null) fence = mark;
    else if (fence !== null && mark !== null && closes(mark, fence, content)) fence = null;
    else if (fence === null) {
      const [, key, rest] = /^([A-Za-z0-9-]+)[ \t]*:(.*)$/s.exec(content) ?? [];
      if (key === undefined || rest === undefined || !rolesByKey.has(key.toLowerCase())) continue;
      const value = rest.trim();
      trailers.push({ key, value, text: value, line });
    }
  }
  return trailers;
}

/** The run of backticks or tildes that opens or closes a code fence, as CommonMark 4.5 has it, or null. */
function fenceMark(line: string): string | null {
  const [, mark, rest] = /^ {0,3}(`{3,}|~{3,})(.*)$/s.exec(line) ?? [];
  if (mark === undefined) return null;
  return mark.startsWith("`") && rest?.includes("`") ? null : mark;
}

function closes(mark: string, fence: string, line: string): boolean {
  return mark.startsWith(fence) && line.trim() === mark;
}
