/** The name in a list that is nearest to what was typed, for "did you mean"; undefined if none is near. */
export function nearest(typed: string, names: readonly string[]): string | undefined {
  const most = Math.max(2, Math.floor(typed.length / 3));
  const ranked = names.map((name) => ({ name, far: distance(typed, name) })).filter(({ far }) => far <= most);
  return ranked.sort((left, right) => left.far - right.far)[0]?.name;
}

/** The end of a sentence that names the nearest name, or what there is. */
export function didYouMean(typed: string, names: readonly string[], write: (name: string) => string = (name) => name): string {
  const near = nearest(typed, names);
  return near === undefined ? '' : `: did you mean ${write(near)}?`;
}

/** How many letters must be changed, added, left out or swapped with their neighbour. */
function distance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const isSame = left[row - 1] === right[column - 1];
      const isSwap = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const change = (last[column - 1] ?? 0) + (isSame ? 0 : 1);
      const swap = isSwap ? (beforeLast[column - 2] ?? 0) + 1 : change;
      current.push(Math.min((current[column - 1] ?? 0) + 1, (last[column] ?? 0) + 1, change, swap));
    }
    beforeLast = last;
    last = current;
  }
  return last.at(-1) ?? 0;
}
