/** A promise that a test keeps or breaks when it wants to. */
export function later<Value>() {
  let [resolve, reject]: [(value: Value) => void, (error: Error) => void] = [() => {}, () => {}];
  const promise = new Promise<Value>((...both) => {
    [resolve, reject] = both;
  });
  return { promise, resolve, reject };
}
