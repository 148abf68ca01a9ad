/** Resolves to what a promise resolves to, or to undefined when it takes longer than `ms`. */
export const within = <Value>(promise: Promise<Value>, ms: number): Promise<Value | undefined> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), ms);
    void promise.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
