// Codes in the browser: made, read and turned into keys here, as matcher/domain/codes.py and
// matcher/store/secrets.py do it; tests hold both to one table. A code is never sent.

export const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const LETTERS = 26;
const CHECK_LETTERS = 2;
const CHECK_MODULUS = 1021; // the largest prime below 32 ** 2
const LOOK_ALIKES = { o: "0", i: "1", l: "1", u: "v" };
const SEPARATES = /[\p{Z}\p{P}\p{C}]/u; // spaces, any dash or point, invisible marks
const DIGIT = /\p{Nd}/u;

export const LENGTH = LETTERS + CHECK_LETTERS;

// Browsers have no way to derive keys on plain http pages: there, all is as without JavaScript.
export function canDerive() {
  return Boolean(globalThis.isSecureContext && globalThis.crypto?.subtle);
}

// 26 letters of 5 random bits each, and their check.
export function newCode() {
  const bytes = crypto.getRandomValues(new Uint8Array(LETTERS));
  const letters = Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join("");
  return letters + check(letters);
}

// The code that was typed or pasted, or null where its length, a letter or its check is wrong.
export function parse(typed) {
  const code = plain(typed);
  const isWhole = code.length === LENGTH && Array.from(code).every((one) => ALPHABET.includes(one));
  return isWhole && check(code.slice(0, LETTERS)) === code.slice(LETTERS) ? code : null;
}

// What was typed without what makes no difference: spaces, dashes, capitals, any digits, look-alikes.
export function plain(typed) {
  const characters = Array.from(typed.normalize("NFKC").toLowerCase());
  const said = characters.filter((one) => !SEPARATES.test(one)).map(western);
  return said.map((one) => LOOK_ALIKES[one] ?? one).join("");
}

export function groups(code) {
  return code.toUpperCase().match(/.{4}/g);
}

// All that the server gets of a code. The label "room" is kept for conversations: never sent.
export async function keysOf(code) {
  const [lookup, seal] = await Promise.all([derive(code, "lookup"), derive(code, "seal")]);
  return { lookup, seal };
}

// HKDF-SHA256 (RFC 5869) without salt, 32 bytes, as hex.
export async function derive(code, label) {
  const text = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", text.encode(code), "HKDF", false, ["deriveBits"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: text.encode(label) };
  const bytes = new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function check(letters) {
  let number = 0;
  for (const letter of letters) {
    number = (number * ALPHABET.length + ALPHABET.indexOf(letter)) % CHECK_MODULUS;
  }
  return ALPHABET[Math.floor(number / ALPHABET.length)] + ALPHABET[number % ALPHABET.length];
}

// Digits of every script stand in rows of ten, in their order.
function western(character) {
  if (!DIGIT.test(character)) return character;
  const point = character.codePointAt(0);
  let first = point;
  while (DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((point - first) % 10);
}
