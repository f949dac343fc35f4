import { describe, expect, test } from 'vitest';
import { finishedSave, type Moment } from '../../src/editor/finished-save.ts';

const idle: Moment = { saving: false, autosaving: false, succeeded: false, savingMetaBoxes: false };
const saving: Moment = { ...idle, saving: true };
const autosaving: Moment = { ...saving, autosaving: true };
const saved: Moment = { ...idle, succeeded: true };
const savingMetaBoxes: Moment = { ...saved, savingMetaBoxes: true };

describe('a save has finished', () => {
  test.each<[string, Moment, Moment, boolean]>([
    ['when the post was being saved and now is', saving, saved, true],
    ['when the metaboxes were being saved and now are', savingMetaBoxes, saved, true],
    ['not while it is being saved', idle, saving, false],
    ['not when it failed', saving, idle, false],
    ['not when it was an autosave', autosaving, saved, false],
    ['not when nothing happened', saved, saved, false],
    ['not when the metaboxes only begin', saved, savingMetaBoxes, false],
  ])('%s', (_title, before, now, expected) => {
    expect(finishedSave(before, now)).toBe(expected);
  });
});
