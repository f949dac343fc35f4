/** Something a person has to know or do before the demo can go on. Shown as it is, without a stack. */
export class Trouble extends Error {
  override name = 'Trouble';
}
