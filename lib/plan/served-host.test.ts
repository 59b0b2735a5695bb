import { compareKeys } from '../text/compare';
import { hostRank } from './served-host';

test('a name comes before the wildcards that fit it too, and of these the longer before the shorter', () => {
  const hosts = ['*.example.com', '*.shop.example.com', 'one.shop.example.com'];
  expect([...hosts].sort((a, b) => compareKeys(hostRank(a), hostRank(b)))).toEqual([
    'one.shop.example.com',
    '*.shop.example.com',
    '*.example.com',
  ]);
});
