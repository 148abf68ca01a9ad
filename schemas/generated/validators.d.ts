import type { Validator, WireType } from '../src/v1/wire-type.ts';

/** The validators by the name of their schema. */
export const validators: { readonly [name: string]: Validator };
/** What is known of each wire type. */
export const wireTypes: { readonly [type: string]: WireType };
