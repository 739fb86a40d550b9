// A code as a QR picture, drawn in the browser so that the code stays there.
// Always version 2, level Q, mask 0 (ISO/IEC 18004): 28 letters fill it to the last bit.

const SIZE = 25;
const EDGE = 4;
const DATA_BYTES = 22;
const CHECK_BYTES = 22;
const FORMAT = 0x355f; // level Q, mask 0, with its own check bits

export function drawn(code) {
  const svg = element("svg", { viewBox: `0 0 ${SIZE + 2 * EDGE} ${SIZE + 2 * EDGE}` });
  const path = modules(code).flatMap((row, y) =>
    row.map((isDark, x) => (isDark ? `M${x + EDGE} ${y + EDGE}h1v1h-1z` : "")));
  svg.append(element("path", { fill: "#fff", d: "M0 0h99v99h-99z" }));
  svg.append(element("path", { fill: "#000", d: path.join("") }));
  return svg;
}

// Rows of dark and light.
export function modules(code) {
  const grid = patterns();
  const bytes = data(code.toUpperCase());
  const bits = [...bytes, ...remainder(bytes)].flatMap((byte) =>
    Array.from({ length: 8 }, (_, at) => (byte >> (7 - at)) & 1));
  for (const [x, y] of free(grid)) {
    grid[y][x] = Boolean((bits.shift() ?? 0) ^ ((x + y + 1) & 1));
  }
  return grid;
}

// Mode, length, pairs of letters in 11 bits each, the end.
function data(letters) {
  let bits = (2n << 9n) | BigInt(letters.length);
  for (let at = 0; at < letters.length; at += 2) {
    bits = (bits << 11n) | BigInt(parseInt(letters[at], 36) * 45 + parseInt(letters[at + 1], 36));
  }
  bits <<= 9n;
  return Array.from({ length: DATA_BYTES }, (_, at) =>
    Number((bits >> BigInt(8 * (DATA_BYTES - 1 - at))) & 255n));
}

// Reed-Solomon check bytes: what is left when the data is divided by the generator.
function remainder(bytes) {
  let generator = [1];
  for (let power = 1, at = 0; at < CHECK_BYTES; at += 1, power = times(power, 2)) {
    const shifted = [...generator, 0];
    generator = shifted.map((one, n) => one ^ times(generator[n - 1] ?? 0, power));
  }
  const left = [...bytes, ...new Array(CHECK_BYTES).fill(0)];
  for (let at = 0; at < bytes.length; at += 1) {
    const factor = left[at];
    generator.forEach((one, n) => { left[at + n] ^= times(one, factor); });
  }
  return left.slice(bytes.length);
}

function times(one, other) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ (product > 127 ? 0x11d : 0);
    if ((other >> bit) & 1) product ^= one;
  }
  return product;
}

// What every such picture has; what is left free stays undefined.
function patterns() {
  const grid = Array.from({ length: SIZE }, () => new Array(SIZE).fill(undefined));
  const put = (x, y, isDark) => { if (grid[y] && x >= 0 && x < SIZE) grid[y][x] = isDark; };
  const rings = (x, y, reach, light) => {
    for (let down = -reach; down <= reach; down += 1) {
      for (let across = -reach; across <= reach; across += 1) {
        put(x + across, y + down, !light.includes(Math.max(Math.abs(across), Math.abs(down))));
      }
    }
  };
  for (let at = 0; at < SIZE; at += 1) {
    put(6, at, at % 2 === 0);
    put(at, 6, at % 2 === 0);
  }
  for (const [x, y] of [[3, 3], [SIZE - 4, 3], [3, SIZE - 4]]) rings(x, y, 4, [2, 4]);
  rings(18, 18, 2, [1]);
  for (let bit = 0; bit < 15; bit += 1) {
    const isDark = Boolean((FORMAT >> bit) & 1);
    put(8, bit < 6 ? bit : bit < 8 ? bit + 1 : SIZE - 15 + bit, isDark);
    put(bit < 8 ? SIZE - 1 - bit : bit < 9 ? 7 : 14 - bit, 8, isDark);
  }
  put(8, SIZE - 8, true);
  return grid;
}

// The free places in the order of the bits: two columns at a time, up and down by turns.
function free(grid) {
  const places = [];
  for (let right = SIZE - 1, goesUp = true; right > 0; right -= 2, goesUp = !goesUp) {
    if (right === 6) right -= 1;
    for (let step = 0; step < SIZE; step += 1) {
      const y = goesUp ? SIZE - 1 - step : step;
      for (const x of [right, right - 1]) if (grid[y][x] === undefined) places.push([x, y]);
    }
  }
  return places;
}

function element(name, given) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(given)) made.setAttribute(key, value);
  return made;
}
