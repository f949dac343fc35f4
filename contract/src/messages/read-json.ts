/** What a message's bytes hold, or a sentence that says why it is not JSON that every reader reads alike. */
export type ReadJson = { json: unknown } | { wrong: string };

/** Throws on broken bytes, where others put U+FFFD in their place: a path with that in it invalidates another page. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decoded UTF-8 has no half of a character; only an escape can make one. */
const escapedHalf = /\\u[dD][89a-fA-F]/;

/** Reads the JSON of a signed message, from whichever side. */
export function readJson(bytes: Uint8Array): ReadJson {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { wrong: 'The body is not UTF-8.' };
  }
  try {
    return { json: JSON.parse(text, escapedHalf.test(text) ? wellFormed : undefined) };
  } catch (error) {
    return { wrong: error instanceof HalfCharacter ? error.message : 'The body is not JSON.' };
  }
}

class HalfCharacter extends Error {
  override name = 'HalfCharacter';
}

/** A half becomes U+FFFD as soon as it is written again. */
function wellFormed(name: string, value: unknown): unknown {
  if (name.isWellFormed() && (typeof value !== 'string' || value.isWellFormed())) return value;
  throw new HalfCharacter('The body has half a character (\\ud800 to \\udfff).');
}
