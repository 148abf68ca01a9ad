import Type from 'typebox';
import { type Limits, limits } from './limits.ts';

/** The limits that a server advertises. */
export const AdvertisedLimits = Type.Unsafe<Limits>(
  Type.Object(
    Object.fromEntries(limits.map(({ name, minimum, maximum, meaning }) => [name, Type.Integer({ minimum, maximum, description: meaning })])),
    { title: 'Limits' },
  ),
);
