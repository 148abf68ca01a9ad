import { UsageError } from '../configuration.ts';

const variable = /^\$\{?(\w+)\}?$/;

/**
 * The tokens of a configuration, those that name a variable of the environment replaced by its value.
 *
 * One whose variable is not set is left out, and what needs it is untested; without that of `controller` nothing can be judged. Throws `UsageError` then.
 */
export function resolveTokens(tokens: { readonly [credential: string]: string }, environment: { readonly [name: string]: string | undefined }): { readonly [credential: string]: string } {
  const resolved = Object.entries(tokens).flatMap(([credential, text]) => {
    const name = variable.exec(text)?.[1];
    const token = name === undefined ? text : environment[name];
    if (token !== undefined && token !== '') return [[credential, token] as const];
    if (credential === 'controller') throw new UsageError(name === undefined ? 'The token of controller must not be empty: put one into the configuration, or ${CONTROLLER_TOKEN} and the token into the environment.' : `The token of controller comes from the environment: set ${name} and run again.`);
    return [];
  });
  return Object.fromEntries(resolved);
}
