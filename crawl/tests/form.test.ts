import { expect, it } from 'vitest';
import { formOf } from '../src/site/form.ts';

const html = `
<form id="search" method="post"><input name="s" value="not this one"></form>
<form name="post" action="post.php?a=1&amp;b=2" id="post" method="post">
  <input type="hidden" name="_wpnonce" value="abc"><input type='text' name='title' value='It&#039;s here'>
  <input type="checkbox" name="on" value="1" checked="checked"><input type="checkbox" name="off" value="1">
  <input type="submit" name="save" value="Save">
  <textarea name="content" rows="2">1 &lt; 2</textarea>
  <select name="status"><option value="draft">Draft</option><option selected="selected" value="publish">Published</option></select>
</form>`;

it('A form is sent as a browser would send it', () => {
  expect(formOf(html, 'post')).toEqual({
    action: 'post.php?a=1&b=2',
    filled: [
      ['_wpnonce', 'abc'],
      ['title', "It's here"],
      ['on', '1'],
      ['content', '1 < 2'],
      ['status', 'publish'],
    ],
  });
});

it('A form that is not there is told', () => {
  expect(() => formOf(html, 'other')).toThrow(/no form other/);
});
