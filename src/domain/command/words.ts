/** Stands between two words that a comma, `&` or "and" parts. */
export const separator = ",";

/**
 * The words of what follows a command's name, with a separator where a comma, `&` or "and" stands. The full stops and
 * exclamation marks at the end of the sentence are left out.
 */
export function readWords(argument: string): readonly string[] {
  let end = argument.length;
  while (end > 0 && " .!".includes(argument.charAt(end - 1))) end -= 1;
  const words = argument
    .slice(0, end)
    .replace(/[,&]/g, ` ${separator} `)
    .split(" ")
    .filter((word) => word !== "");
  return words.map((word) => (word.toLowerCase() === "and" ? separator : word));
}
