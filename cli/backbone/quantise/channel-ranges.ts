/** What the channels of a network's tensors hold over some photos: the range that whole numbers must cover, and the mean. */

/** Per channel, over all pixels of all photos. */
export interface ChannelRanges {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly mean: Float64Array;
}

/** Collects ranges by the tensor's name. */
export interface RangeCollector {
  /** One photo's tensor, channels x pixels. */
  add(name: string, data: Float32Array, channels: number): void;
  /** What was collected. Throws RangeError for a tensor that no photo gave. */
  rangesOf(name: string): ChannelRanges;
}

/** An empty collector. */
export function createRangeCollector(): RangeCollector {
  const collected = new Map<string, ChannelRanges & { photos: number }>();

  return {
    add(name, data, channels) {
      const before = collected.get(name) ?? emptyRanges(channels);
      const pixels = data.length / channels;
      for (let c = 0; c < channels; c++) {
        let [low, high, sum] = [before.low[c], before.high[c], 0];
        for (let at = c * pixels; at < (c + 1) * pixels; at++) {
          const value = data[at];
          if (value < low) low = value;
          if (value > high) high = value;
          sum += value;
        }
        before.low[c] = low;
        before.high[c] = high;
        before.mean[c] += sum / pixels;
      }
      before.photos++;
      collected.set(name, before);
    },
    rangesOf(name) {
      const found = collected.get(name);
      if (found === undefined) throw new RangeError(`No photo showed what ${name} holds.`);
      return { low: found.low, high: found.high, mean: found.mean.map((sum) => sum / found.photos) };
    },
  };
}

function emptyRanges(channels: number) {
  return {
    low: new Float64Array(channels).fill(Number.POSITIVE_INFINITY),
    high: new Float64Array(channels).fill(Number.NEGATIVE_INFINITY),
    mean: new Float64Array(channels),
    photos: 0,
  };
}
