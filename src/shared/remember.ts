/** The bound that every memory of an isolate has. */

/** Puts an entry into a map that keeps at most `capacity` of them: the one that was put in longest ago goes first. */
export function remember<K, V>(map: Map<K, V>, key: K, value: V, capacity: number): void {
  map.delete(key); // a map lists its keys in the order in which they were put in
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= capacity) return;
    map.delete(oldest);
  }
}
