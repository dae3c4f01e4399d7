// The one error an importer throws: the text is not what it claims to be.

/** Thrown for a file that cannot be read; the message says where and why. */
export class Malformed extends Error {
  override readonly name = 'Malformed'
}
