/** Something that the person at the terminal has to do first. Shown without a stack. */
export class Obstacle extends Error {}
