import eddisonso from '../../../clusters/eddisonso';
import { documentOf, part } from '../../../test/support/document';

test('a port in a range that has a use of its own is said to have it', () => {
  const text = part(documentOf(eddisonso), 'How a request gets in by gateway');
  expect(text).toContain('What `containers` leads to 8443 of the pods meets whoever answers there for `https`.');
  expect(text).not.toContain('meets whoever answers there for `ssh`');
});
