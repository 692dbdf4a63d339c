/** How one assistant or bot shows up in commits. Only marks that no person would carry belong here. */
export interface AssistantMarks {
  /** What it is called in every output. */
  readonly name: string;
  /** Addresses, in lower case. */
  readonly addresses?: readonly string[];
  /** GitHub logins, in lower case, looked for in noreply addresses and in names that end with `[bot]`. */
  readonly logins?: readonly string[];
  /** Whole names, in lower case, whatever the address. First names that people have, such as Claude, do not belong. */
  readonly names?: readonly string[];
  /** Beginnings of names, in lower case, for tools that write their model or version behind their name. */
  readonly namePrefixes?: readonly string[];
}

/**
 * The assistants and bots known by more than GitHub's `[bot]` suffix, which is recognised by itself.
 *
 * To add one, give the address or login that the tool writes by default, from its documentation or from public
 * commits. An address is never looked up at GitHub: strangers have registered accounts with addresses of vendors.
 */
export const assistantTable: readonly AssistantMarks[] = [
  // AI assistants
  { name: "Aider", addresses: ["noreply@aider.chat", "aider@aider.chat"], namePrefixes: ["aider ("] },
  { name: "Amazon Q", logins: ["amazon-q-developer[bot]"], names: ["amazon q developer"] },
  { name: "Amp", addresses: ["amp@ampcode.com"], logins: ["amp-code[bot]"] },
  {
    name: "Claude",
    addresses: ["noreply@anthropic.com", "claude@anthropic.com"],
    logins: ["claude[bot]"],
    names: ["claude code"],
    namePrefixes: ["claude code ", "claude opus ", "claude sonnet ", "claude haiku ", "claude fable "],
  },
  {
    name: "Codex",
    addresses: ["noreply@openai.com", "codex@openai.com"],
    logins: ["chatgpt-codex-connector[bot]", "openai-codex[bot]"],
    names: ["openai codex", "codex cli", "chatgpt"],
    namePrefixes: ["gpt-"],
  },
  { name: "CodeRabbit", addresses: ["noreply@coderabbit.ai"], logins: ["coderabbitai[bot]"] },
  { name: "Continue", addresses: ["noreply@continue.dev"], logins: ["continue[bot]"] },
  {
    name: "Copilot",
    addresses: [
      "copilot@github.com",
      "175728472+copilot@users.noreply.github.com",
      "198982749+copilot@users.noreply.github.com",
      "223556219+copilot@users.noreply.github.com",
    ],
    logins: ["copilot", "copilot[bot]", "copilot-swe-agent[bot]", "copilot-pull-request-reviewer[bot]"],
    names: ["copilot", "github copilot", "copilot-swe-agent"],
  },
  { name: "Crush", addresses: ["crush@charm.land"] },
  {
    name: "Cursor",
    addresses: ["cursoragent@cursor.com"],
    logins: ["cursoragent", "cursor[bot]"],
    names: ["cursor agent", "cursoragent"],
  },
  { name: "Devin", logins: ["devin-ai-integration[bot]"], names: ["devin ai"] },
  { name: "Droid", logins: ["factory-droid[bot]"], names: ["factory-droid"] },
  {
    name: "Gemini",
    addresses: ["gemini-cli@google.com"],
    logins: ["gemini-code-assist[bot]", "gemini-cli[bot]"],
    names: ["gemini cli", "gemini code assist", "google gemini"],
  },
  {
    name: "Jules",
    addresses: ["jules@google.com", "noreply@jules.google"],
    logins: ["google-labs-jules[bot]"],
    names: ["google-labs-jules"],
  },
  { name: "OpenCode", addresses: ["noreply@opencode.ai"], logins: ["opencode-agent[bot]"] },
  { name: "OpenHands", addresses: ["openhands@all-hands.dev"], logins: ["openhands-agent"] },
  { name: "Qwen Code", addresses: ["qwen-coder@alibabacloud.com"], names: ["qwen-coder"] },
  { name: "Sweep", logins: ["sweep-ai[bot]"] },
  // Bots
  {
    name: "dependabot[bot]",
    addresses: ["support@dependabot.com"],
    logins: ["dependabot[bot]", "dependabot-preview[bot]", "dependabot-support"],
  },
  { name: "github-actions[bot]", addresses: ["action@github.com", "actions@github.com"], names: ["github actions"] },
  { name: "greenkeeper[bot]", addresses: ["support@greenkeeper.io"], logins: ["greenkeeperio-bot"] },
  { name: "renovate[bot]", addresses: ["bot@renovateapp.com"], logins: ["renovate[bot]", "renovate-bot"] },
  { name: "semantic-release-bot", addresses: ["semantic-release-bot@martynus.net"] },
  { name: "snyk-bot", addresses: ["snyk-bot@snyk.io"], logins: ["snyk-bot"] },
];
