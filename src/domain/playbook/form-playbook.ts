/**
 * The playbook that an issue made from a form names, before anybody knows what it asks for; null where it is no such issue.
 * What else is wrong with the text, `readForm` tells.
 */
export function formPlaybook(body: string): string | null {
  const [, name = ""] = /^### playbook[ \t]*(?:\r\n|\r|\n)\s*(\S[^\r\n]{0,99})/m.exec(body) ?? [];
  return name.trim() === "" ? null : name.trim();
}
