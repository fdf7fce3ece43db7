/** Gives memory back without waiting for the garbage collector, which sees a small object and leaves its megabytes lying. */

/** Node 20 and browsers before 2024 cannot: on a device there is nobody to share the memory with. */
const CAN_TRANSFER = "transfer" in ArrayBuffer.prototype;

/** Detaches the buffer under `view`; the view is empty afterwards, and so is every other view of the same buffer. */
export function freeMemory(view: ArrayBufferView): void {
  if (CAN_TRANSFER && view.buffer instanceof ArrayBuffer && !view.buffer.detached) view.buffer.transfer(0);
}
