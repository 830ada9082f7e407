/** For adapters that are only asked what they take. */
export async function callNobody(): Promise<never> {
  throw new Error('nothing is asked of a provider here');
}
