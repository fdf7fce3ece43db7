// What an exported file wants to know of a photo. Runs in browsers too: `toTensor` takes what a canvas gives (`getImageData`).

/** The description in the file's metadata. onnxruntime-web does not show it: it is field 14 of the file, key 1 and value 2. */
export function readAbout(bytes) {
  let found;
  for (const [number, entry] of fields(bytes)) {
    const [[, key], [, value]] = number === 14 ? [...fields(entry)] : [[], []];
    if (number === 14 && text(key) === "headstart") found = JSON.parse(text(value));
  }
  return found;
}

const text = (bytes) => new TextDecoder().decode(bytes);

function* fields(bytes) {
  let at = 0;
  const number = () => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      value += (bytes[at] & 127) * scale;
      if (bytes[at++] < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = number();
    const value = number();
    const length = key % 8 === 0 ? 0 : value;
    yield [key >> 3, bytes.subarray(at, at + length)];
    at += length;
  }
}

/** An upright photo ({ data: RGBA, width, height }) as float32 [views, 3, height, width]; most files want one view. */
export function toTensor(photo, input) {
  const { shortSide, shortSides = [shortSide] } = input.resize;
  const views = shortSides.map((side) => toView(photo, input, side));
  const tensor = new Float32Array(views.length * views[0].length);
  for (const [i, view] of views.entries()) tensor.set(view, i * view.length);
  return tensor;
}

function toView({ data, width, height }, input, shortSide) {
  const { fit } = input.resize;
  const short = Math.min(width, height);
  const scale = Math.min(input.width / width, input.height / height);
  const sizeOf = (side, edge) => {
    if (fit === "squash") return edge;
    return fit === "center"
      ? Math.max(edge, Math.floor((shortSide * side) / short))
      : Math.max(1, Math.round(side * scale));
  };
  const across = weigh(width, sizeOf(width, input.width), input.width);
  const down = weigh(height, sizeOf(height, input.height), input.height);
  const tensor = new Float32Array(3 * input.height * input.width);
  const rows = new Map();
  const row = (y) => {
    if (!rows.has(y))
      rows.set(
        y,
        across.map(({ taps }) =>
          [0, 1, 2].map((c) => taps.reduce((sum, [x, w]) => sum + w * onWhite(data, y * width + x, c), 0)),
        ),
      );
    return rows.get(y);
  };
  for (const { at: y, taps } of down)
    for (const [i, { at: x }] of across.entries())
      for (let c = 0; c < 3; c++) {
        const value = taps.reduce((sum, [from, w]) => sum + w * row(from)[i][c], 0);
        tensor[(c * input.height + y) * input.width + x] = (value / 255 - input.mean[c]) / input.std[c];
      }
  return tensor;
}

const onWhite = (data, pixel, c) => 255 + ((data[pixel * 4 + c] - 255) * data[pixel * 4 + 3]) / 255;

/** Of each pixel of the input along one axis: where it lies, and the source pixels with their weights, a triangle as Pillow's. */
function weigh(source, target, edge) {
  const first = Math.max(0, Math.round((target - edge) / 2));
  const offset = Math.max(0, Math.floor((edge - target) / 2));
  return Array.from({ length: Math.min(edge, target) }, (_, i) => {
    const radius = Math.max(1, source / target);
    const centre = ((i + first + 0.5) * source) / target;
    const from = Math.max(0, Math.round(centre - radius));
    const to = Math.min(source, Math.round(centre + radius));
    const taps = Array.from({ length: to - from }, (_, k) => [
      from + k,
      Math.max(0, 1 - Math.abs(from + k + 0.5 - centre) / radius),
    ]);
    const total = taps.reduce((sum, [, weight]) => sum + weight, 0);
    return { at: i + offset, taps: taps.map(([at, weight]) => [at, weight / total]) };
  });
}
