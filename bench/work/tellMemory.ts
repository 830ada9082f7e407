/** What a process of the benchmark tells its parent: that it is ready, and, whenever it is asked, how much memory it holds. */
export function tellMemory(): void {
  process.on('message', () => {
    // Twice, for what only a finalizer lets go.
    globalThis.gc?.();
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    process.send?.({ rss, heapUsed });
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ isReady: true });
}
