import { type Role, roles } from "../credit/roles.ts";

/** The roles that a command can give; that of a playbook comes from its runs. */
export type RoleByCommand = Exclude<Role, "playbook">;

/**
 * The words that a role answers to, after its own name: how people say it, and the types of all-contributors that mean
 * it, https://allcontributors.org/docs/en/emoji-key.
 */
export const wordsByRole: Readonly<Record<RoleByCommand, readonly string[]>> = {
  author: ["authors", "authoring", "code", "coding", "programming", "implementation"],
  "co-author": ["co-authors", "co-authoring", "pairing", "pair programming"],
  reviewer: ["reviewers", "review", "reviews", "reviewing", "code review", "code reviews"],
  reporter: ["reporters", "report", "reports", "reporting", "bug", "bugs", "bug report", "bug reports"],
  idea: ["ideas", "research", "suggestion", "suggestions"],
  tester: ["testers", "test", "tests", "testing", "userTesting"],
  helper: ["helpers", "help", "helping", "question", "questions", "answering questions"],
  mentor: ["mentors", "mentoring", "mentorship"],
  docs: [
    "doc",
    "documentation",
    "documenting",
    "writing",
    "content",
    "blog",
    "tutorial",
    "tutorials",
    "example",
    "examples",
    "translation",
    "translations",
    "translating",
    "video",
    "videos",
    "audio",
    "talk",
    "talks",
  ],
  design: ["designs", "designer", "designing", "a11y", "accessibility"],
  maintenance: [
    "maintainer",
    "maintaining",
    "infra",
    "infrastructure",
    "tool",
    "tools",
    "tooling",
    "platform",
    "plugin",
    "plugins",
    "security",
    "data",
    "releasing",
  ],
  community: [
    "business",
    "eventOrganizing",
    "event organising",
    "events",
    "financial",
    "funding",
    "fundingFinding",
    "projectManagement",
    "promotion",
  ],
};

/** The roles that a command can give, in the order in which they are shown. */
export const rolesByCommand: readonly RoleByCommand[] = roles.filter((role) => role !== "playbook");

const rolesByWord: ReadonlyMap<string, RoleByCommand> = new Map(
  rolesByCommand.flatMap((role) => [role, ...wordsByRole[role]].map((word) => [plainForm(word), role])),
);

/** The role that a word, or two words with a blank between them, stands for in any case; null where none does. */
export function roleOf(word: string): RoleByCommand | null {
  return rolesByWord.get(plainForm(word)) ?? null;
}

/** Every word with its role, to look for the one that was meant. */
export function knownRoleWords(): ReadonlyMap<string, RoleByCommand> {
  return rolesByWord;
}

/** Without case, hyphens and blanks: `userTesting`, `user-testing` and `User testing` are one word. */
function plainForm(word: string): string {
  return word.toLowerCase().replace(/[ -]/g, "");
}
