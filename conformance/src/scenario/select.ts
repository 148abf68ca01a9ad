
/** Makes the selection of `--only`: a requirement's id, or a glob over ids of scenarios; everything if absent. */
export function selectScenarios(only: string | undefined): (scenario: { readonly id: string; readonly covers: readonly string[] }) => boolean {
  if (only === undefined) return () => true;
  const wanted = only.split(',').map((word) => word.trim());
  const isId = (word: string): boolean => /^[A-Z]+-\d+$/.test(word);
  const globs = wanted.filter((word) => !isId(word)).map((word) => new RegExp(`^${word.split('*').map((piece) => piece.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`));
  return ({ id, covers }) => globs.some((glob) => glob.test(id)) || wanted.some((word) => isId(word) && covers.includes(word));
}
