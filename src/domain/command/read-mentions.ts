import { inCode, type Mistake, mistake } from "./mistake.ts";

/**
 * GitHub's rule: letters, digits and single hyphens between them, 39 at most. Accounts that an enterprise manages end
 * in an underscore and its short code:
 * https://docs.github.com/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
 */
const loginPattern = /^(?=.{1,39}$)[a-z\d]+(?:-[a-z\d]+)*(?:_[a-z\d]{3,8})?$/i;

function isLogin(word: string): boolean {
  return word.length <= 39 && loginPattern.test(word);
}

/** Whether a word is meant to name somebody. */
export function isMention(word: string): boolean {
  return word.startsWith("@");
}

/** The login in a word like `@ada`, as it is written there. */
function readMention(word: string): string | Mistake {
  if (!isMention(word)) {
    return mistake(`${inCode(word)} has no \`@\` in front: people are named like \`@ada\`.`);
  }
  const login = word.slice(1);
  if (isLogin(login)) return login;
  const [owner = "", team = ""] = login.split("/", 2);
  if (isLogin(owner) && team !== "") {
    return mistake(`${inCode(word)} is a team, and credit goes to people: name each of them.`);
  }
  if (isLogin(login.replace(/\[bot\]$/i, ""))) {
    return mistake(`${inCode(word)} is a bot: assistants and bots are shown apart and get no credit of a person's.`);
  }
  return mistake(`${inCode(word)} can't be a login of GitHub's: letters, digits and single hyphens, 39 at most.`);
}

/** The logins that the words name, each once, whatever its case, or the first mistake. */
export function readMentions(words: readonly string[]): readonly string[] | Mistake {
  const logins = new Map<string, string>();
  for (const word of words) {
    const login = readMention(word);
    if (typeof login !== "string") return login;
    if (!logins.has(login.toLowerCase())) logins.set(login.toLowerCase(), login);
  }
  return [...logins.values()];
}
