// Finds a number for which SHA-256 of "challenge:number" begins with so many bits of nought
// (matcher/domain/work.py says the same). SHA-256 is written out here (FIPS 180-4): what browsers
// bring is there on safe addresses only, and slow for so many short texts.

const FIRST = 0x100000000;

function roots(count, power) {
  const found = [];
  for (let number = 2; found.length < count; number += 1) {
    let isPrime = true;
    for (let by = 2; by * by <= number; by += 1) if (number % by === 0) isPrime = false;
    if (isPrime) found.push(((number ** power) % 1) * FIRST | 0);
  }
  return found;
}

const START = Int32Array.from(roots(8, 1 / 2));
const ROUNDS = Int32Array.from(roots(64, 1 / 3));
const words = new Int32Array(64);

const turned = (word, by) => (word >>> by) | (word << (32 - by));

function spread(words) {
  for (let at = 16; at < 64; at += 1) {
    const early = words[at - 15];
    const late = words[at - 2];
    words[at] =
      words[at - 16] +
      (turned(early, 7) ^ turned(early, 18) ^ (early >>> 3)) +
      words[at - 7] +
      (turned(late, 17) ^ turned(late, 19) ^ (late >>> 10));
  }
}

function mix(state, words) {
  let [a, b, c, d, e, f, g, h] = state;
  for (let at = 0; at < 64; at += 1) {
    const one =
      (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[at] + words[at]) | 0;
    const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((value, at) => {
    state[at] += value;
  });
}

// The first 32 bits of the hash are all that is looked at: no work here asks for more.
function firstBits(bytes) {
  const state = START.slice();
  const blocks = Math.ceil((bytes.length + 9) / 64);
  const padded = new DataView(new ArrayBuffer(64 * blocks));
  bytes.forEach((byte, at) => padded.setUint8(at, byte));
  padded.setUint8(bytes.length, 0x80);
  padded.setUint32(64 * blocks - 4, 8 * bytes.length);
  for (let block = 0; block < blocks; block += 1) {
    for (let at = 0; at < 16; at += 1) words[at] = padded.getInt32(64 * block + 4 * at);
    spread(words);
    mix(state, words);
  }
  return state[0] >>> 0;
}

function answer(challenge, bits) {
  const text = new TextEncoder();
  const most = FIRST / 2 ** bits;
  for (let number = 0; ; number += 1) {
    if (firstBits(text.encode(`${challenge}:${number}`)) < most) return String(number);
  }
}

onmessage = ({ data }) => postMessage(answer(data.challenge, data.bits));
