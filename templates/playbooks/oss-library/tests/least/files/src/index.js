/**
 * The smallest thing to begin with, to be replaced by what the library is for.
 *
 * @param {string} name whom to greet
 * @returns {string}
 */
export function tides(name) {
  return `Hello, ${name}`;
}
