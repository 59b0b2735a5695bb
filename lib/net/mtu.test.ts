import { MtuSum } from './mtu';

describe('MtuSum', () => {
  test('keeps its terms', () => {
    const sum = MtuSum.of(1500).minus('VXLAN', 50);
    expect(sum.toString()).toBe('1500 \u2212 50 VXLAN = 1450');
    expect(sum.bytes).toBe(1450);
    expect(sum.terms).toEqual([{ label: 'VXLAN', bytes: 50 }]);
  });

  test('a second layer lies inside the first', () => {
    const overlay = MtuSum.of(1500).minus('WireGuard', 80);
    const pods = overlay.minus('VXLAN', 50);
    expect(pods.toString()).toBe('1500 − 80 WireGuard − 50 VXLAN = 1370');
    expect(overlay.toString()).toBe('1500 − 80 WireGuard = 1420');
  });

  test('without terms it is the base alone, with its label where it has one', () => {
    expect(MtuSum.of(1500).toString()).toBe('1500');
    expect(MtuSum.of(1450, 'vxlan SDN').minus('VXLAN', 50).toString()).toBe('1450 vxlan SDN − 50 VXLAN = 1400');
  });

  test('says what a family cannot be carried in', () => {
    expect(MtuSum.of(576).problem()).toBeUndefined();
    expect(MtuSum.of(600).minus('VXLAN', 50).problem()).toBe(
      '600 − 50 VXLAN = 550 is below 576, the least that IPv4 needs',
    );
    expect(MtuSum.of(1280).problem(6)).toBeUndefined();
    expect(MtuSum.of(1280).minus('VXLAN', 50).problem(6)).toBe(
      '1280 − 50 VXLAN = 1230 is below 1280, the least that IPv6 needs',
    );
    expect(MtuSum.of(1280).minus('VXLAN', 50).problem(4)).toBeUndefined();
  });

  test.each([0, -1, 1500.5, Number.NaN])('%s is no MTU', (bytes) => {
    expect(() => MtuSum.of(bytes)).toThrow(RangeError);
  });

  test('an overhead is a whole number of bytes', () => {
    expect(() => MtuSum.of(1500).minus('VXLAN', -50)).toThrow(RangeError);
    expect(MtuSum.of(1500).minus('host-gw', 0).bytes).toBe(1500);
  });
});
