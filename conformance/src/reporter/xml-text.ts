const entities: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** What XML 1.0 can not hold at all, not even escaped. */
const impossible = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** A text as it may stand in XML 1.0, in content and between quotes; what XML can not hold becomes U+FFFD. */
export const xmlText = (text: string): string => text.toWellFormed().replaceAll(impossible, '\uFFFD').replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
