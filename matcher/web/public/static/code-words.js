// Codes in words, as matcher/domain/code_words.py has them: each word stands for two characters of
// a code. What is asked for are whole lists, so nobody learns which words were meant.
import { ALPHABET, LENGTH, parse } from "./code.js";

const WORDS = LENGTH / 2;
const TELLING = 4; // so many letters tell a word from all others
const AT_LEAST = 3;
const WRITTEN_ALIKE = {
  "\u0629": "\u0647", // teh marbuta, heh
  "\u0649": "\u064a", // alef maksura, yeh
  "\u0621": "", // hamza
  "\u0640": "", // tatweel
  "\u06cc": "\u064a", // as keyboards of Persian and of other languages write them
  "\u06a9": "\u0643",
  "\u06c1": "\u0647",
  "\u06d5": "\u0647",
  "\u0671": "\u0627",
};

// The words of one language, in their order.
export async function list(name) {
  const address = new URL(`code-words-${name}.txt`, import.meta.url);
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) throw new Error("no list");
  return (await answer.text()).trim().split("\n");
}

export function spelled(code, words) {
  return code.match(/../g).map((pair) => words[number(pair)]);
}

// Words, numbered or not, have no digits in them, as letters and digits of a code do.
export function isInWords(typed) {
  const said = runs(typed).filter((run) => !/^\p{Nd}+$/u.test(run));
  const areWhole = said.every((run) => /^\p{L}+$/u.test(run));
  return areWhole && said.filter((run) => run.length >= AT_LEAST).length >= AT_LEAST;
}

// The code and its first word, or what is wrong: a word that is `unknown`, their `count`, or words that are `mixed` up.
export function read(typed, lists) {
  const said = runs(typed).filter((run) => !/^\p{Nd}+$/u.test(run));
  const found = lists.map((words) => {
    const places = new Map(words.map((word, at) => [key(word), at]));
    return said.map((word) => places.get(word.slice(0, TELLING)) ?? -1);
  });
  const places = found.reduce((best, one) => (known(one) > known(best) ? one : best));
  const unknown = places.indexOf(-1) + 1;
  if (unknown) return { slip: "unknown", number: unknown, isLast: unknown === said.length };
  if (places.length !== WORDS) {
    return { slip: "count", number: places.length, isLast: places.length < WORDS };
  }
  const code = parse(places.map(pair).join(""));
  return code ? { code, first: said[0] } : { slip: "mixed" };
}

// What tells a word from all others, however it is written.
export function key(word) {
  return runs(word).join("").slice(0, TELLING);
}

// Split at all but letters and digits, without what makes no difference within a word.
function runs(typed) {
  const said = typed.normalize("NFKD").toLowerCase().replace(/[\p{M}\p{Cf}]/gu, "");
  const written = Array.from(said, (one) => WRITTEN_ALIKE[one] ?? one).join("");
  return written.match(/[\p{L}\p{N}]+/gu) ?? [];
}

function known(places) {
  return places.filter((at) => at >= 0).length;
}

function number(pair) {
  return ALPHABET.indexOf(pair[0]) * ALPHABET.length + ALPHABET.indexOf(pair[1]);
}

function pair(place) {
  return ALPHABET[Math.floor(place / ALPHABET.length)] + ALPHABET[place % ALPHABET.length];
}
