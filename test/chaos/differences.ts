/** What is only in one of two outcomes, each line with a minus, and only in the other, with a plus; a line counts as often as it is there. */
export function differencesOf(one: readonly string[], other: readonly string[]): string[] {
  return [...without(one, other).map((line) => `- ${line}`), ...without(other, one).map((line) => `+ ${line}`)];
}

function without(one: readonly string[], other: readonly string[]): string[] {
  const left = [...other];
  return one.filter((line) => {
    const place = left.indexOf(line);
    if (place !== -1) left.splice(place, 1);
    return place === -1;
  });
}
