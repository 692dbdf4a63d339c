import { readAnswerText } from "../playbook/answer-text.ts";
import { didYouMean, inCode, type Mistake, mistake } from "./mistake.ts";
import type { PlaybookCommand } from "./playbook-command-kinds.ts";

type Subcommand = PlaybookCommand["kind"];

/** What is written behind the subcommand, and the text of the answers, which may go on over many lines. */
interface Rest {
  readonly words: readonly string[];
  readonly answers: string;
}

const readers: Readonly<Record<Subcommand, (rest: Rest) => PlaybookCommand | Mistake>> = {
  list: (rest) => readAlone("list", rest),
  show: readShow,
  use: (rest) => readPlan("use", rest),
  apply: (rest) => readPlan("apply", rest),
  confirm: readConfirm,
  cancel: (rest) => readAlone("cancel", rest),
  status: (rest) => readAlone("status", rest),
  retry: (rest) => readAlone("retry", rest),
  help: (rest) => readAlone("help", rest),
};

/**
 * Reads what follows `/playbook` on its line, and the text of its answers, which is all behind the playbook's name; nothing
 * asks for help.
 */
export function readPlaybookCommand(argument: string, answers = ""): PlaybookCommand | Mistake {
  const [first = "help", ...words] = argument.split(" ").filter((word) => word !== "");
  const subcommand = withoutEnd(first).toLowerCase() || "help";
  if (isSubcommand(subcommand)) return readers[subcommand]({ words, answers });
  const meant = didYouMean(first, new Map(Object.keys(readers).map((name) => [name, name])));
  return mistake(`I don't know ${inCode(first)}.${meant} All that I know: \`/playbook help\`.`);
}

function isSubcommand(word: string): word is Subcommand {
  return Object.hasOwn(readers, word);
}

function readShow({ words }: Rest): PlaybookCommand | Mistake {
  const [name, ...others] = words.map(withoutEnd).filter((word) => word !== "");
  if (name === undefined) return mistake(`Which playbook? ${allNames}`);
  if (others.length > 0) return mistake("`/playbook show` takes one playbook: write a line for each.");
  return { kind: "show", name };
}

function readPlan(kind: "use" | "apply", { words: [name], answers }: Rest): PlaybookCommand | Mistake {
  if (name === undefined || name.includes("=")) {
    const example = `\`/playbook ${kind} node-service name=tides\``;
    return mistake(`Which playbook? Its name comes first, as in ${example}. ${allNames}`);
  }
  return { kind, name, answers: readAnswerText(answers) };
}

function readConfirm({ words }: Rest): PlaybookCommand | Mistake {
  const [hash, ...others] = words.map(withoutEnd).filter((word) => word !== "");
  if (hash === undefined) return mistake("Which plan? Copy the line with its eight digits from the plan's comment.");
  if (others.length > 0) return mistake("`/playbook confirm` takes one plan, and no answers: those are in the plan.");
  if (!/^[\da-f]{8,64}$/i.test(hash)) {
    return mistake(`${inCode(hash)} is no plan: copy the eight digits from the plan's comment.`);
  }
  return { kind: "confirm", hash: hash.toLowerCase() };
}

function readAlone(kind: "list" | "cancel" | "status" | "retry" | "help", { words }: Rest): PlaybookCommand | Mistake {
  const extra = words.map(withoutEnd).filter((word) => word !== "");
  return extra.length === 0
    ? { kind }
    : mistake(`\`/playbook ${kind}\` stands alone on its line: leave out ${inCode(extra.join(" "))}.`);
}

const allNames = "All that there are: `/playbook list`.";

/** A word without the end of its sentence. */
function withoutEnd(word: string): string {
  let end = word.length;
  while (end > 0 && ".!".includes(word.charAt(end - 1))) end -= 1;
  return word.slice(0, end);
}
